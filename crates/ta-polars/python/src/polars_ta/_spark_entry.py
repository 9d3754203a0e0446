"""What a worker of Spark gets by value: it imports the package, or says what is missing.

This module must not import what a worker may lack.
"""

from __future__ import annotations

import os
import pickle
import platform
import sys
from collections.abc import Callable, Iterator
from typing import Any


def work(payload: bytes, versions: dict[str, str]) -> Callable[[Iterator[Any]], Iterator[Any]]:
    """The function for ``mapInArrow``. The payload is unpickled after the package is there."""

    def on_worker(batches: Iterator[Any]) -> Iterator[Any]:
        where = f"the worker on {platform.node()} ({sys.executable})"
        _use_own_cores()
        try:
            from polars_ta import _spark_groups
        except ImportError as error:
            wanted = " and ".join(f"{name} {version}" for name, version in versions.items())
            raise ImportError(f"{where} needs {wanted}, as the driver has, but: {error}") from None
        for name, version in _spark_groups.versions().items():
            if version != versions[name]:
                raise ImportError(f"{where} has {name} {version}, the driver {versions[name]}: install the same")
        plan, schema = pickle.loads(payload)
        return plan.run(batches, schema)

    return on_worker


def _use_own_cores() -> None:
    """Polars takes all cores of a machine by default; those of this task are its own."""
    from pyspark import TaskContext

    context = TaskContext.get()
    if context is not None:
        os.environ.setdefault("POLARS_MAX_THREADS", str(max(1, context.cpus())))
