"""``python -m polars_ta.spark``: a pipeline over a query of a Spark Connect server."""

from __future__ import annotations

import argparse
import logging
import os
import socket
import sys
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from polars_ta._errors import TaError


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; returns its exit code."""
    options = _parser().parse_args(arguments)
    try:
        _run(options)
    except BrokenPipeError:
        return 1
    except Exception as error:
        print(sentence(error), file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m polars_ta.spark",
        description="Computes a pipeline for each group of a query, in a Spark Connect server. The "
        "result goes to stdout as an Arrow stream.",
    )
    remote = os.environ.get("SPARK_REMOTE")
    parser.add_argument(
        "--remote",
        default=remote,
        required=remote is None,
        help="the server, such as sc://localhost:15002; by default SPARK_REMOTE",
    )
    parser.add_argument(
        "--sql",
        required=True,
        help="the query of the bars, such as SELECT * FROM bars",
    )
    parser.add_argument(
        "--pipeline",
        required=True,
        metavar="FILE",
        help="the configuration of the features, as JSON or YAML",
    )
    parser.add_argument("--by", action="append", metavar="COLUMN", help="a column of the groups; symbol")
    parser.add_argument("--order-by", default="ts", metavar="COLUMN", help="the column of the times; ts")
    parser.add_argument(
        "--write",
        metavar="PATH",
        help="where the cluster writes the result as Parquet, instead of stdout",
    )
    return parser


def _run(options: argparse.Namespace) -> None:
    import polars_ta
    from pyspark.sql import SparkSession

    from polars_ta.spark import map_indicators

    pipeline = polars_ta.pipeline(options.pipeline)
    # Its errors are printed as a sentence below.
    logging.disable(logging.CRITICAL)
    _check_server(options.remote)
    session = SparkSession.builder.remote(options.remote).getOrCreate()
    try:
        bars = session.sql(options.sql)
        made = map_indicators(bars, pipeline, options.by or "symbol", options.order_by)
        if options.write is None:
            _to_stdout(made.toArrow())
        else:
            made.write.parquet(options.write)
    finally:
        session.stop()


def _check_server(remote: str) -> None:
    """Refuses an address where nobody answers: the client of Spark would try for ten minutes."""
    try:
        address = urlsplit(remote)
        if address.scheme != "sc" or address.hostname is None:
            raise TaError(f'--remote must be an address such as sc://localhost:15002, got "{remote}"')
        socket.create_connection((address.hostname, address.port or 15002), timeout=30).close()
    except (OSError, ValueError) as error:
        if isinstance(error, TaError):
            raise
        raise TaError(f'no Spark Connect server answers at "{remote}": {error}') from None


def _to_stdout(table: Any) -> None:
    import pyarrow as pa

    with pa.ipc.new_stream(sys.stdout.buffer, table.schema) as stream:
        stream.write_table(table)
    sys.stdout.buffer.flush()


def sentence(error: BaseException) -> str:
    """What a user needs of an error: the sentence of a worker stands after its traceback."""
    lines = [line.strip() for line in str(error).split("\n")]
    if isinstance(error, TaError):
        return lines[0]
    for line in lines:
        for begin in ("polars_ta._errors.TaError: ", "ImportError: "):
            if line.startswith(begin):
                return line.removeprefix(begin)
    return next((line for line in lines if line), type(error).__name__)
