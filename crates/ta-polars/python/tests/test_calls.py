"""What calls refuse, and what they say; the surface and its documentation."""

from __future__ import annotations

import ast
import inspect
import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import polars_ta
from polars_ta import TaError, ta

FRAME = pl.DataFrame({"close": [1.0, 3.0, 7.0, 8.0], "high": [2.0, 4.0, 8.0, 9.0], "word": list("abcd")})
SOME = [meta for meta in ta.catalog() if meta["params"]]


def sentence(call: Any) -> str:
    with pytest.raises(TaError) as caught:
        call()
    return str(caught.value)


def test_an_unknown_name_suggests_others() -> None:
    with pytest.raises(AttributeError, match='unknown indicator "smaa" .did you mean "sma"'):
        ta.smaa()
    with pytest.raises(AttributeError, match="is another name of"):
        alias = next(meta["aliases"][0] for meta in ta.catalog() if meta["aliases"])
        getattr(ta, alias)
    for name in ("_repr_html_", "__deepcopy__"):
        with pytest.raises(AttributeError):
            getattr(ta, name)


@pytest.mark.parametrize("meta", SOME, ids=lambda meta: meta["id"])
def test_wrong_arguments_are_one_sentence(meta: dict[str, Any]) -> None:
    method = getattr(ta, meta["id"])
    inputs = {slot["name"]: "close" for slot in meta["semantics"]["input_slots"]}
    first = meta["params"][0]["name"]
    asked = sentence(lambda: method(**inputs, no_such_name=1))
    assert asked.startswith(f'{meta["id"]}: unknown parameter "no_such_name"')
    assert first in asked and "missing" in asked
    for value in (object(), float("nan"), [1], "no such word", 1e300):
        refused = sentence(lambda value=value: method(**inputs, **{first: value}))
        assert refused.startswith(f"{meta['id']}: {first} must be "), refused
    too_many = [1] * (len(meta["params"]) + 1)
    assert "positional arguments, it takes at most" in sentence(lambda: method(*too_many, **inputs))


def test_other_refusals() -> None:
    close = pl.col("close")
    assert sentence(lambda: close.ta.sma(2, series="close")) == (
        "sma: series is what stands before .ta; leave it out"
    )
    assert sentence(lambda: ta.sma(2, period=3)) == "sma: period is given twice"
    assert sentence(lambda: ta.add()).startswith("add needs series: a column name")
    assert sentence(lambda: ta.sma(2, series=[1.0])).endswith("got an object of type list")
    assert sentence(lambda: close.ta.sma(2, missing="drop")).startswith("missing must be ")
    assert sentence(lambda: close.ta.sma(2, missing=3)).startswith("missing must be ")


def test_errors_of_a_run_are_errors_of_polars() -> None:
    with pytest.raises(pl.exceptions.ComputeError, match="has dtype String; indicators take"):
        FRAME.select(pl.col("word").ta.sma(2))
    gap = FRAME.with_columns(pl.when(pl.col("close") > 3).then("close").alias("close"))
    with pytest.raises(pl.exceptions.ComputeError, match='"close" has a missing value in row 0'):
        gap.select(pl.col("close").ta.sma(2, missing="error"))


def test_look_ahead_has_to_be_allowed() -> None:
    ahead = [m for m in ta.catalog() if m["semantics"].get("lookahead_params")]
    assert ahead
    for meta in ahead:
        inputs = {slot["name"]: "close" for slot in meta["semantics"]["input_slots"]}
        flags = {p["name"]: not p["default"] for p in meta["params"] if p["kind"] == "bool"}
        method = getattr(ta, meta["id"])
        refused = sentence(lambda m=method, i=inputs, f=flags: m(**i, **f))
        assert "allow it with allow_lookahead=True" in refused
        made = FRAME.select(method(**inputs, **flags, allow_lookahead=True))
        assert made.height == FRAME.height
        assert "must be True or False" in sentence(
            lambda m=method, i=inputs, f=flags: m(**i, **f, allow_lookahead=1)
        )


def test_inputs_of_every_kind() -> None:
    wanted = FRAME.select(ta.add("close", "high"))
    for other in (pl.col("high"), FRAME["high"], "high"):
        assert FRAME.select(ta.add("close", other)).equals(wanted)
    one = FRAME.select(ta.add("close", 1).alias("a"), ta.add(1.0, other="close").alias("b"))
    assert one["a"].to_list() == one["b"].to_list() == [2.0, 4.0, 8.0, 9.0]
    assert FRAME.select(ta(pl.col("close")).sma(2)).equals(FRAME.select(ta("close").sma(2)))
    assert FRAME[:0].select(ta.add("close", 1)).height == 0


def test_constants_are_as_long_as_their_frame_or_group() -> None:
    half = [None, 7.5, 7.5, 7.5]
    largest = pl.col("close").max()
    for expr, wanted in (
        (ta.sma(2, series=7.5), half),
        (pl.lit(7.5).ta.sma(2), half),
        (largest.ta.sma(2), [None, 8.0, 8.0, 8.0]),
        ((largest - 1).ta.sma(1), [7.0] * 4),
        (ta.add(largest, 1), [9.0] * 4),
        (ta.add(largest, "close"), [9.0, 11.0, 15.0, 16.0]),
        (largest.ta.sma(1).over(pl.col("close") > 3), [3.0, 3.0, 8.0, 8.0]),
        (pl.lit(7.5).ta.sma(1).ta.sma(2), half),
    ):
        assert FRAME.select(expr.alias("x"))["x"].to_list() == wanted
        assert FRAME.with_columns(expr.alias("x"))["x"].to_list() == wanted
        assert FRAME.lazy().select(expr.alias("x")).collect()["x"].to_list() == wanted
    grouped = FRAME.group_by(pl.col("close") > 3, maintain_order=True).agg(largest.ta.sma(1))
    assert grouped["sma_1"].to_list() == [[3.0, 3.0], [8.0, 8.0]]
    assert FRAME[:0].select(pl.lit(1.0).ta.sma(1)).height == 0


def test_no_optimization_changes_a_value() -> None:
    close = pl.col("close")
    lazy = FRAME.lazy().with_columns(close.ta.sma(2), high=close.ta.cumsum())
    for change in (
        lambda frame: frame.filter(close > 2),
        lambda frame: frame.filter(pl.col("sma_2") > 2),
        lambda frame: frame.slice(1, 2),
        lambda frame: frame.tail(2),
        lambda frame: frame.sort("close", descending=True).head(2),
        lambda frame: frame.select("sma_2"),
        lambda frame: frame.filter(close.ta.sma(2) > 2).select("word", close.ta.sma(2).alias("x")),
    ):
        assert change(lazy).collect().equals(change(lazy.collect()))


def test_a_plan_can_be_pickled_and_run_elsewhere() -> None:
    lazy = FRAME.lazy().select(pl.col("close").ta.sma(2))
    again = pickle.loads(pickle.dumps(lazy))
    assert again.collect().equals(lazy.collect())


def test_many_threads() -> None:
    long = pl.DataFrame({"close": [100 + (row * 7919 % 1013) / 7 for row in range(40_000)]})
    exprs = [pl.col("close").ta.sma(period).alias(str(period)) for period in range(2, 12)]
    wanted = long.select(exprs)
    with ThreadPoolExecutor(8) as pool:
        assert all(made.equals(wanted) for made in pool.map(lambda _: long.select(exprs), range(24)))


def test_methods_have_documentation_and_signatures() -> None:
    for meta in ta.catalog():
        for owner in (ta, pl.col("close").ta):
            method = getattr(owner, meta["id"])
            assert method.__doc__.startswith(meta["display_name"])
            parameters = inspect.signature(method).parameters
            assert {param["name"] for param in meta["params"]} <= set(parameters)
    assert {meta["id"] for meta in ta.catalog()} <= set(dir(ta))


def test_the_stubs_have_the_signatures() -> None:
    stubs = Path(polars_ta.__file__).with_name("_namespaces.pyi")
    classes = {node.name: node for node in ast.parse(stubs.read_text()).body if isinstance(node, ast.ClassDef)}
    for name, owner in (("Ta", ta), ("ExprTa", pl.col("close").ta)):
        found = {node.name: node for node in classes[name].body if isinstance(node, ast.FunctionDef)}
        for meta in ta.catalog():
            arguments = found[meta["id"]].args
            parameters = inspect.signature(getattr(owner, meta["id"])).parameters.values()
            own = [p.name for p in parameters if p.kind is not inspect.Parameter.KEYWORD_ONLY]
            assert [a.arg for a in arguments.args[1:]] == own
            named = {p.name for p in parameters if p.kind is inspect.Parameter.KEYWORD_ONLY}
            aliases = {alias["alias"] for alias in meta["param_aliases"]}
            assert named <= {a.arg for a in arguments.kwonlyargs} <= named | aliases
