"""Spark: the values of polars on one machine, workers that die, and what the errors say."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from conftest import Suite, difference
from test_spark_groups import EXPRESSIONS, bars
from test_values import expression

import polars_ta
from polars_ta import TaError, ta

pytest.importorskip("pyspark", reason="pyspark is not installed")

from pyspark import cloudpickle  # noqa: E402
from pyspark.sql import DataFrame, SparkSession  # noqa: E402

from polars_ta import _spark_groups, spark  # noqa: E402

# Workers cannot import this file.
cloudpickle.register_pickle_by_value(sys.modules[__name__])

SYMBOLS = 1_000


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    """A cluster of two executors with a core each, in processes of their own, on loopback."""
    os.environ["SPARK_LOCAL_IP"] = os.environ["SPARK_LOCAL_HOSTNAME"] = "127.0.0.1"
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local-cluster[2,1,1024]").appName("polars-ta")
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.shuffle.partitions": "4",
        "spark.task.maxFailures": "2",
    }
    for key, value in settings.items():
        builder = builder.config(key, value)
    made = builder.getOrCreate()
    made.sparkContext.setLogLevel("OFF")
    yield made
    made.stop()


@pytest.fixture(scope="module")
def frame() -> pl.DataFrame:
    """The bars of 1,000 symbols, one of them null, in no order."""
    return bars([10 + row % 90 for row in range(SYMBOLS)]).sample(fraction=1, shuffle=True, seed=7)


def to_spark(session: SparkSession, frame: pl.DataFrame) -> DataFrame:
    return session.createDataFrame(_spark_groups.to_arrow(frame))


def collected(made: DataFrame, *order: str) -> pl.DataFrame:
    return pl.from_arrow(made.toArrow()).sort(order)


def local(frame: pl.DataFrame) -> pl.DataFrame:
    made = frame.sort("symbol", "ts").with_columns(expr.over("symbol") for expr in EXPRESSIONS)
    return made.sort("symbol", "ts")


def test_a_thousand_symbols(session: SparkSession, frame: pl.DataFrame) -> None:
    made = spark.map_indicators(to_spark(session, frame), EXPRESSIONS)
    assert difference(collected(made, "symbol", "ts"), local(frame)) == []


class Killing:
    """Kills its worker, or the executor that started it, when the first group of some is computed."""

    def __init__(self, flag: Path, what: str) -> None:
        self.flag, self.what = flag, what

    def apply(self, frame: pl.DataFrame) -> pl.DataFrame:
        if frame.height == 50:
            try:
                self.flag.touch(exist_ok=False)
            except FileExistsError:
                pass
            else:
                os.kill(self._victim(), signal.SIGKILL)
        return frame.with_columns(EXPRESSIONS)

    def _victim(self) -> int:
        if self.what == "worker":
            return os.getpid()
        # The parent of this process is Spark's daemon; its parent is the executor.
        status = Path(f"/proc/{os.getppid()}/status").read_text()
        executor = int(status.split("PPid:")[1].split()[0])
        command = Path(f"/proc/{executor}/cmdline").read_text()
        assert "CoarseGrainedExecutorBackend" in command
        return executor


@pytest.mark.parametrize("what", ["worker", "executor"])
def test_a_process_is_killed_in_the_middle(
    session: SparkSession, frame: pl.DataFrame, tmp_path: Path, what: str
) -> None:
    if what == "executor" and not Path("/proc/self/status").exists():
        pytest.skip("the executor is found through /proc")
    flag = tmp_path / "killed"
    made = spark.map_indicators(to_spark(session, frame), Killing(flag, what))
    result = collected(made, "symbol", "ts")
    assert flag.exists()
    assert difference(result, local(frame)) == []


def test_every_case(session: SparkSession, suite: Suite) -> None:
    """The table of cases: the frame's row is the time, its groups are those of the cases."""
    (over,) = {case["over"] for case in suite.cases}
    frame = suite.frame.with_columns(pl.lit(0).alias("all")).with_row_index("place")
    # Spark has no unsigned numbers.
    frame = frame.with_columns(pl.col(pl.UInt32).cast(pl.Int64))
    expressions = [expression({**case, "over": None}) for case in suite.cases]
    by = over or "all"
    made = spark.map_indicators(to_spark(session, frame), expressions, by=by, order_by="place")
    names = suite.wanted.columns
    assert difference(collected(made, "place").select(names), suite.wanted) == []


def failure(made: DataFrame) -> str:
    """The last line of the error of a job."""
    with pytest.raises(Exception, match="Error") as caught:
        made.toArrow()
    lines = str(caught.value).strip().split("\n")
    return next(line for line in reversed(lines) if line.startswith(("polars_ta", "ImportError")))


def test_errors_of_a_job_name_the_group(session: SparkSession) -> None:
    frame = bars([4, 5, 6])
    repeated = to_spark(session, pl.concat([frame, frame[5:6]]))
    assert failure(spark.map_indicators(repeated, EXPRESSIONS)).endswith(
        'TaError: group symbol="S001": "ts" repeats 1; each row of a group needs its own'
    )
    late = pl.when(pl.col("symbol") == "S002", pl.col("ts") == 3).then(None).otherwise("close")
    gap = to_spark(session, frame.with_columns(close=late))
    told = failure(spark.map_indicators(gap, [ta.sma(2, missing="error")]))
    assert 'TaError: group symbol="S002": ' in told
    assert '"close" has a missing value in row 3' in told


def test_a_worker_without_the_wheel(session: SparkSession, tmp_path: Path) -> None:
    refusing = "import sys\nsys.modules['polars_ta'] = None\n"
    (tmp_path / "sitecustomize.py").write_text(refusing)
    environment = session.sparkContext.environment
    environment["PYTHONPATH"] = str(tmp_path)
    try:
        told = failure(spark.map_indicators(to_spark(session, bars([3])), EXPRESSIONS))
    finally:
        del environment["PYTHONPATH"]
    assert told.startswith("ImportError: the worker on ")
    assert f"needs polars-ta {_spark_groups.versions()['polars-ta']} and polars {pl.__version__}" in told


def test_a_worker_with_another_version(session: SparkSession, monkeypatch: pytest.MonkeyPatch) -> None:
    other = {**_spark_groups.versions(), "polars": "0.0.1"}
    monkeypatch.setattr(_spark_groups, "versions", lambda: other)
    told = failure(spark.map_indicators(to_spark(session, bars([3])), EXPRESSIONS))
    assert told.endswith(f"has polars {pl.__version__}, the driver 0.0.1: install the same")


def sentence(call: Any) -> str:
    with pytest.raises(TaError) as caught:
        call()
    text = str(caught.value)
    assert "\n" not in text
    return text


def test_refusals_before_anything_runs(session: SparkSession) -> None:
    df = to_spark(session, bars([2]))
    has = 'it has "symbol", "venue", "ts", "close", "high", "low"'

    def refused(pipeline: Any = EXPRESSIONS, **options: Any) -> str:
        return sentence(lambda: spark.map_indicators(df, pipeline, **options))

    assert refused(by="symbl") == f'by: "symbl" is no column of the frame (did you mean "symbol"?); {has}'
    assert refused(order_by="time") == f'order_by: "time" is no column of the frame; {has}'
    assert refused(by=[]).startswith("by names no column")
    assert refused(by=[3]) == "by must be the name of a column, got an object of type int"
    assert refused(order_by="symbol").startswith('order_by is "symbol", which is also in by')
    allowed = "pipeline must be a pipeline, an expression of polars or several"
    assert refused("rsi(14)") == f"{allowed}, got an object of type str"
    assert refused([ta.sma(2), "x"]) == f"{allowed}, got an object of type str at position 1"
    assert refused([ta.sma(2), ta.sma(2, series="clse")]) == (
        f'the expression at position 1: "clse" is no column of the frame (did you mean "close"?); {has}'
    )
    assert refused(ta.sma(2, series="symbol")) == (
        'the expression at position 0: column "symbol" has dtype String; indicators take numeric columns; '
        "a text of numbers is cast with .cast(pl.Float64)"
    )
    assert refused([ta.sma(2), ta.sma(2)]).startswith("the pipeline fails on a frame without rows: ")
    assert refused(pl.col("ts").cast(pl.UInt32)) == (
        'column "ts" of the result is UInt32, a type that Spark lacks; cast it in the pipeline'
    )
    nothing = type("Nothing", (), {"apply": lambda self, frame: None})()
    assert refused(nothing) == (
        "the pipeline's apply must return a DataFrame of polars, got an object of type NoneType"
    )


def test_the_schema_is_known_before(session: SparkSession) -> None:
    made = spark.map_indicators(to_spark(session, bars([2])), [ta.macd(2, 4, 2), ta.sma(2)])
    assert made.schema.simpleString() == (
        "struct<symbol:string,venue:bigint,ts:bigint,close:double,high:double,low:double,"
        "macd_2_4_2:struct<macd:double,signal:double,histogram:double>,sma_2:double>"
    )


def test_a_pipeline_of_a_configuration(session: SparkSession, frame: pl.DataFrame) -> None:
    config = {"features": ["ema(3)", "macd(2, 4, 2).signal as signal", "close / sma(2) - 1 as trend"]}
    grouped = polars_ta.pipeline({**config, "over": "symbol"})
    wanted = grouped.apply(frame.sort("symbol", "ts")).sort("symbol", "ts")
    for pipeline in (grouped, polars_ta.pipeline(config)):
        made = spark.map_indicators(to_spark(session, frame), pipeline)
        assert difference(collected(made, "symbol", "ts"), wanted) == []
    unknown = polars_ta.pipeline({"features": ["sma(2, series=clse)"]})
    told = sentence(lambda: spark.map_indicators(to_spark(session, frame), unknown))
    assert '"clse"' in told
