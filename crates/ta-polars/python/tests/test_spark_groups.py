"""What a worker does with sorted batches, without Spark: groups at borders, order, messages."""

from __future__ import annotations

import random
from typing import Any

import polars as pl
import pytest
from conftest import difference

from polars_ta import TaError, ta

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")

from polars_ta import _spark_groups as groups  # noqa: E402

EXPRESSIONS = [ta.ema(3), ta.atr(2), ta.macd(2, 4, 2), pl.col("close").ta.sma(2).alias("close")]


def bars(lengths: list[int], seed: int = 1) -> pl.DataFrame:
    """Bars of groups with these lengths; the first key is null."""
    numbers = random.Random(seed)
    rows = [
        {
            "symbol": None if group == 0 else f"S{group:03}",
            "venue": group % 2,
            "ts": row,
            "close": 100 + numbers.random(),
            "high": 102 + numbers.random(),
            "low": 98 + numbers.random(),
        }
        for group, length in enumerate(lengths)
        for row in range(length)
    ]
    schema = {"symbol": pl.String, "venue": pl.Int64, "ts": pl.Int64}
    schema |= dict.fromkeys(("close", "high", "low"), pl.Float64)
    return pl.DataFrame(rows, schema=schema)


def batches(frame: pl.DataFrame, size: int) -> list[Any]:
    table = groups.to_arrow(frame)
    table = table.cast(pa.schema([pa.field(f.name, groups.plain(f.type)) for f in table.schema]))
    return table.to_batches(max_chunksize=size)


def run(frame: pl.DataFrame, pieces: list[Any], by: list[str], pipeline: Any = None) -> pl.DataFrame:
    kind = "expressions" if pipeline is None else "object"
    plan = groups.Plan(by, "ts", kind, pipeline or EXPRESSIONS)
    wanted = groups.to_arrow(plan.prepared()(frame[:0])).schema
    wanted = pa.schema([pa.field(f.name, groups.plain(f.type)) for f in wanted])
    made = list(plan.run(iter(pieces), wanted))
    return pl.from_arrow(pa.Table.from_batches(made, schema=wanted))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 1000])
@pytest.mark.parametrize("by", [["symbol"], ["symbol", "venue"]])
def test_groups_that_span_batches(size: int, by: list[str]) -> None:
    for lengths in ([1], [5, 1, 1, 30, 2], [1] * 20, [100, 3], [7, 7, 7, 7]):
        frame = bars(lengths)
        pieces = batches(frame, size)
        empty = pieces[0].slice(0, 0)
        wanted = frame.with_columns(expr.over(by) for expr in EXPRESSIONS)
        assert difference(run(frame, [empty, *pieces, empty], by), wanted) == []


def test_no_rows() -> None:
    frame = bars([2])
    assert run(frame, [], ["symbol"]).is_empty()


def sentence(frame: pl.DataFrame, by: list[str] | None = None, pipeline: Any = None) -> str:
    with pytest.raises(TaError) as caught:
        run(frame, batches(frame, 3), by or ["symbol"], pipeline)
    text = str(caught.value)
    assert "\n" not in text
    return text


def test_disorder_names_the_group() -> None:
    frame = bars([3, 4, 5])
    changed = frame.with_row_index("row")

    def at(row: int, value: int | None) -> pl.DataFrame:
        time = pl.when(pl.col("row") == row).then(pl.lit(value, pl.Int64)).otherwise("ts")
        return changed.with_columns(ts=time).drop("row")

    assert sentence(at(5, 1)) == 'group symbol="S001": "ts" repeats 1; each row of a group needs its own'
    assert sentence(at(8, -1)) == 'group symbol="S002": "ts" goes back from 0 to -1'
    assert sentence(at(3, None)) == 'group symbol="S001": "ts" is null in a row; every row needs one'
    assert sentence(at(1, 0), ["symbol", "venue"]).startswith('group symbol=null, venue=0: "ts" repeats 0')
    assert sentence(frame.reverse()).startswith('group symbol="S002": "ts" goes back')


class Failing:
    """Fails in one group; what it fails with has several lines."""

    def apply(self, frame: pl.DataFrame) -> pl.DataFrame:
        if "S002" in frame["symbol"]:
            raise RuntimeError("no value\nand a plan")
        return frame


class Other:
    """Gives one group another column."""

    def apply(self, frame: pl.DataFrame) -> pl.DataFrame:
        return frame.rename({"close": "last"}) if "S002" in frame["symbol"] else frame


def test_what_fails_names_the_group() -> None:
    frame = bars([3, 4, 5])
    assert sentence(frame, pipeline=Failing()) == 'group symbol="S002": no value'
    assert sentence(frame, pipeline=Other()).startswith('group symbol="S002": ')
