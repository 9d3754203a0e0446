"""Pipelines give what those of Node give, to the last bit, and refuse what they refuse."""

from __future__ import annotations

import json
import math
import pickle
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from conftest import FOLDER, difference

import polars_ta
from polars_ta import Pipeline, TaError

CASES: list[dict[str, Any]] = json.loads((FOLDER / "pipelines.json").read_text())
RIGHT = [case for case in CASES if "result" in case]
WRONG = [case for case in CASES if "refused" in case]


def frame_of(case: dict[str, Any]) -> pl.DataFrame:
    return pl.read_parquet(FOLDER / f"{case['frame']}.frame.parquet")


def wanted_of(case: dict[str, Any]) -> pl.DataFrame:
    return pl.read_parquet(FOLDER / case["result"])


def test_there_are_cases() -> None:
    assert len(RIGHT) > 60
    assert len(WRONG) > 30


@pytest.mark.parametrize("case", RIGHT, ids=lambda case: case["frame"])
def test_values(case: dict[str, Any]) -> None:
    try:
        check_values(case)
    except BaseException as error:
        if pl.__version__ == "1.0.0" and "should be a list at this point" in str(error):
            pytest.skip("polars 1.0 panics over arithmetic of constants in groups")
        raise


def check_values(case: dict[str, Any]) -> None:
    pipeline = polars_ta.pipeline(case["config"])
    frame, wanted = frame_of(case), wanted_of(case)
    labels = bool(pipeline.labels)
    assert difference(pipeline.apply(frame, labels=labels), wanted) == []
    lazy = pipeline.apply(frame.lazy(), labels=labels)
    assert isinstance(lazy, pl.LazyFrame)
    assert lazy.collect_schema() == wanted.schema
    assert difference(lazy.collect(), wanted) == []
    again = polars_ta.pipeline(pipeline.to_json())
    # What is written reads columns of exactly these names.
    if set(again.inputs) <= set(frame.columns):
        assert difference(again.apply(frame, labels=labels), wanted) == []


@pytest.mark.parametrize("case", RIGHT, ids=lambda case: case["frame"])
def test_metadata(case: dict[str, Any]) -> None:
    pipeline = polars_ta.pipeline(json.dumps(case["config"]))
    assert (pipeline.names, pipeline.labels) == (case["columns"], case["labels"])
    assert (pipeline.inputs, pipeline.over) == (case["inputs"], case["over"])
    assert (pipeline.lookback, pipeline.lookahead) == (case["lookback"], case["lookahead"])
    stable = case["stableAfter"]
    assert pipeline.stable_after == (math.inf if stable is None else stable)
    assert pipeline.explain() == case["explained"]
    assert pipeline.to_dict() == case["written"]
    assert repr(pickle.loads(pickle.dumps(pipeline))) == repr(pipeline)


@pytest.mark.parametrize("case", WRONG, ids=lambda case: f"{case['frame']} {case['config']}")
def test_refusals(case: dict[str, Any]) -> None:
    frame = frame_of(case)
    with pytest.raises(TaError) as caught:
        pipeline = polars_ta.pipeline(case["config"])
        pipeline.apply(frame, labels=bool(pipeline.labels))
    assert str(caught.value) == case["refused"]


def test_a_lazy_frame_is_checked_when_it_runs() -> None:
    case = next(case for case in WRONG if case["frame"] == "newest_first")
    lazy = polars_ta.pipeline(case["config"]).apply(frame_of(case).lazy())
    with pytest.raises(Exception, match="has the newest time first"):
        lazy.collect()


def test_expressions() -> None:
    pipeline = polars_ta.pipeline({"features": ["sma(2)", "close - open as body"]})
    frame = pl.DataFrame({"close": [1.0, 3.0], "open": [1.0, 1.0]})
    assert frame.select(pipeline.expressions()).to_dict(as_series=False) == {
        "sma_2": [None, 2.0],
        "body": [0.0, 2.0],
    }
    usual = polars_ta.pipeline({"features": ["sma(2)"]})
    other = frame.rename({"close": "Close"})
    assert other.select(usual.expressions(other.columns))["sma_2"].to_list() == [None, 2.0]
    with pytest.raises(TaError, match='reads "close", which is no column'):
        usual.expressions(["open"])


YAML = """
# yaml-language-server: $schema=pipeline_v1.schema.json
over: symbol
time: off
allowLookahead: [swing_points]
features:
  - sma(2)
  - { expr: close / sma(2) - 1, as: no }
  - id: ma
    params: { period: [2, 3], ma_type: [sma, ema] }
    as: "{ma_type}{period}"
"""


def test_files_and_texts(tmp_path: Path) -> None:
    yaml = pytest.importorskip("yaml")
    assert yaml is not None
    config = {
        "over": "symbol",
        "time": "off",
        "allow_lookahead": ["swing_points"],
        "features": [
            "sma(2)",
            {"expr": "close / sma(2) - 1", "as": "no"},
            {"id": "ma", "params": {"period": [2, 3], "ma_type": ["sma", "ema"]}, "as": "{ma_type}{period}"},
        ],
    }
    wanted = polars_ta.pipeline(config)
    assert wanted.names == ["sma_2", "no", "sma2", "ema2", "sma3", "ema3"]
    assert wanted.to_dict()["allowLookahead"] == ["swing_points"]
    files = {"a.yaml": YAML, "b.YML": YAML, "c.json": wanted.to_json()}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        for source in (tmp_path / name, str(tmp_path / name), text):
            assert polars_ta.pipeline(source).to_dict() == wanted.to_dict()
    (tmp_path / "d.json").write_text("{", encoding="utf-8")
    for source, said in (
        ("features.txt", 'pipeline: "features.txt" is not the path of a .json, .yaml or .yml file'),
        ("no.yaml", 'pipeline: there is no file "no.yaml"'),
        (tmp_path / "d.json", "cannot be read"),
        ("a: [\n", "pipeline: the text cannot be read"),
    ):
        with pytest.raises(TaError) as caught:
            polars_ta.pipeline(source)
        assert said in str(caught.value)


def test_what_is_no_configuration_or_frame() -> None:
    for value, said in (
        (3, "pipeline: the configuration must be an object, got 3"),
        ({"features": ["rsi"], "keep": object()}, "pipeline: keep must be"),
        ({"features": ["rsi"], "time": math.nan}, "pipeline: time must be a column, or false"),
    ):
        with pytest.raises(TaError) as caught:
            polars_ta.pipeline(value)  # type: ignore[arg-type]
        assert said in str(caught.value)
    pipeline = polars_ta.pipeline({"features": ["rsi"]})
    assert isinstance(pipeline, Pipeline)
    with pytest.raises(TaError, match="a DataFrame or a LazyFrame is needed, got an object of type"):
        pipeline.apply([1.0])  # type: ignore[type-var]
    with pytest.raises(TaError, match="keep must be"):
        pipeline.apply(pl.DataFrame({"close": [1.0]}), keep="some")  # type: ignore[arg-type]
