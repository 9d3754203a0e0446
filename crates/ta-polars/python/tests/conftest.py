"""The cases: frames, and what Node gives over them. `tests/python` writes them to a folder."""

from __future__ import annotations

import json
import math
import os
from array import array
from pathlib import Path
from typing import Any

import polars as pl
import pytest

FOLDER = Path(os.environ["TA_CASES"])


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "suite" in metafunc.fixturenames:
        names = json.loads((FOLDER / "suites.json").read_text())
        metafunc.parametrize("suite", names, indirect=True)


@pytest.fixture
def suite(request: pytest.FixtureRequest) -> Suite:
    return Suite(request.param)


class Suite:
    """Cases over one frame."""

    def __init__(self, name: str) -> None:
        self.frame = pl.read_parquet(FOLDER / f"{name}.frame.parquet")
        self.wanted = pl.read_parquet(FOLDER / f"{name}.wanted.parquet")
        self.cases: list[dict[str, Any]] = json.loads((FOLDER / f"{name}.json").read_text())


def difference(made: pl.DataFrame, wanted: pl.DataFrame) -> list[str]:
    """The names of columns that are not the same to the last bit, nulls and types too."""
    assert made.columns == wanted.columns
    return [name for name in wanted.columns if not _same(made[name], wanted[name])]


def _same(made: pl.Series, wanted: pl.Series) -> bool:
    if made.dtype != wanted.dtype or made.len() != wanted.len():
        return False
    if made.is_null().to_list() != wanted.is_null().to_list():
        return False
    if isinstance(made.dtype, pl.Struct):
        fields = zip(made.struct.unnest(), wanted.struct.unnest(), strict=True)
        return all(_same(own, other) for own, other in fields)
    values = [series.drop_nulls() for series in (made, wanted)]
    if made.dtype == pl.Float64:
        # As bytes, because 0.0 and -0.0 are equal as numbers. What is not a number has a sign too,
        # which depends on the processor's order of operands and means nothing.
        own, other = (array("d", series.fill_nan(math.nan).to_list()).tobytes() for series in values)
        return own == other
    return values[0].equals(values[1])
