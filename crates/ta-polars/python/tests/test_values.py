"""Every case of the table that Node computes too, to the last bit, in every way to run a plan."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from conftest import Suite, difference

from polars_ta import ta


def expression(case: dict[str, Any]) -> pl.Expr:
    """The expression of a case, through the method of `ta`."""
    method = getattr(ta, case["id"])
    made = method(**case["inputs"], **case["params"], **case["options"])
    over = case["over"]
    return (made if over is None else made.over(over)).alias(case["name"])


def on_primary(case: dict[str, Any]) -> pl.Expr:
    """The same through `.ta` of the primary input."""
    meta = ta.find(case["id"])
    assert meta is not None
    inputs = dict(case["inputs"])
    primary = pl.col(inputs.pop(meta["semantics"]["primary_input"]))
    made = getattr(primary.ta, case["id"])(**inputs, **case["params"], **case["options"])
    over = case["over"]
    return (made if over is None else made.over(over)).alias(case["name"])


def check(made: pl.DataFrame, suite: Suite) -> None:
    assert difference(made, suite.wanted) == []


def test_eager(suite: Suite) -> None:
    check(suite.frame.select(expression(case) for case in suite.cases), suite)


def test_of_an_expression(suite: Suite) -> None:
    check(suite.frame.select(on_primary(case) for case in suite.cases), suite)


def test_lazy(suite: Suite) -> None:
    lazy = suite.frame.lazy().select(expression(case) for case in suite.cases)
    assert lazy.collect_schema() == suite.wanted.schema
    check(lazy.collect(), suite)


def test_streaming(suite: Suite) -> None:
    lazy = suite.frame.lazy().select(expression(case) for case in suite.cases)
    check(streamed(lazy), suite)


def streamed(lazy: pl.LazyFrame) -> pl.DataFrame:
    try:
        return lazy.collect(engine="streaming")
    except TypeError:
        # Before polars 1.23.
        return lazy.collect(streaming=True)


@pytest.mark.parametrize("cuts", [[1, 2, 50, 51], [200]])
def test_chunks(suite: Suite, cuts: list[int]) -> None:
    ends = [0, *(cut for cut in cuts if cut < suite.frame.height), suite.frame.height]
    pieces = [suite.frame[a:b] for a, b in zip(ends, ends[1:], strict=False)]
    chunked = pl.concat(pieces, rechunk=False)
    check(chunked.select(expression(case) for case in suite.cases), suite)


def test_slices(suite: Suite) -> None:
    before = suite.frame[:13]
    around = pl.concat([before, suite.frame, suite.frame[:5]], rechunk=True)
    sliced = around.slice(before.height, suite.frame.height)
    check(sliced.select(expression(case) for case in suite.cases), suite)


def test_the_default_names(suite: Suite) -> None:
    for case in suite.cases:
        method = getattr(ta, case["id"])
        made = method(**case["inputs"], **case["params"], **case["options"])
        assert made.meta.output_name() == case["default_name"]
