"""Indicators in Spark: each group is computed by polars in a worker.

>>> from polars_ta import spark, ta
>>> made = spark.map_indicators(bars, [ta.rsi(14), ta.atr(14)])  # doctest: +SKIP

Needs ``pyspark`` from 4.0 on and ``pyarrow``, and the same wheels of ``polars-ta`` and ``polars``
for the workers' Python. A session of Spark Connect will do.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import polars as pl
import pyarrow as pa
from pyspark import cloudpickle
from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

from polars_ta import _library, _spark_entry, _spark_groups
from polars_ta._errors import TaError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["map_indicators"]

# Workers get this module itself, so that one without the package can say what it lacks.
cloudpickle.register_pickle_by_value(_spark_entry)


class Pipeline(Protocol):
    """What adds columns to the rows of one group, such as ``polars_ta.pipeline(config)``."""

    def apply(self, frame: pl.DataFrame, /) -> pl.DataFrame: ...


def map_indicators(
    df: DataFrame,
    pipeline: Pipeline | pl.Expr | Iterable[pl.Expr],
    by: str | Sequence[str] = "symbol",
    order_by: str = "ts",
) -> DataFrame:
    """The frame with the columns of a pipeline, computed for each group by itself.

    Spark brings the rows of a group together and in order; a worker holds one group at a time.
    The rows of the result are in that order within their partition. The values are those of
    polars on one machine, to the last bit, whatever the number of workers and partitions.

    Parameters:
    - ``df``: A frame of Spark. Its partitions and the order of its rows do not matter.
    - ``pipeline``: What ``polars_ta.pipeline`` returns, another object with ``apply(frame)``, or
      expressions of polars. An expression replaces a column of its name.
    - ``by``: The column or columns whose values make a group. Null is a value.
    - ``order_by``: The column by which the rows of a group are ordered, usually times.

    Raises ``TaError``, before anything runs, if a column is missing, an option is wrong or a
    result has a type that Spark lacks. The job fails with a sentence that names the group if its
    ``order_by`` is null or repeats, or if the pipeline fails there.
    """
    keys = [by] if isinstance(by, str) else list(by)
    _check_columns(df.columns, keys, order_by)
    source = to_arrow_schema(df.schema)
    empty = pl.from_arrow(source.empty_table())
    plan = _spark_groups.Plan(keys, order_by, *_sent(pipeline, empty))
    wanted = _schema_of(_over_nothing(plan, empty))
    work = _spark_entry.work(cloudpickle.dumps((plan, wanted)), _spark_groups.versions())
    sorted_groups = df.repartition(*keys).sortWithinPartitions(*keys, order_by)
    return sorted_groups.mapInArrow(work, from_arrow_schema(wanted))


def _check_columns(columns: list[str], keys: list[Any], order_by: Any) -> None:
    if not keys:
        raise TaError("by names no column; it is the column whose values make a group")
    for option, name in [*(("by", key) for key in keys), ("order_by", order_by)]:
        if not isinstance(name, str):
            kind = f"an object of type {type(name).__name__}"
            raise TaError(f"{option} must be the name of a column, got {kind}")
        if name not in columns:
            raise TaError(f"{option}: {_no_column(name, columns)}")
    if order_by in keys:
        raise TaError(f"order_by is {json.dumps(order_by)}, which is also in by: it orders no row of a group")


def _no_column(name: str, columns: Sequence[str]) -> str:
    hint = _library.language({"ask": "near", "name": name, "known": list(columns)})["hint"]
    has = ", ".join(map(json.dumps, columns))
    return f"{json.dumps(name)} is no column of the frame{hint}; it has {has}"


def _sent(pipeline: Any, empty: pl.DataFrame) -> tuple[str, Any]:
    """How the pipeline travels: as its text, as itself, or as expressions."""
    if callable(getattr(pipeline, "apply", None)):
        text = getattr(pipeline, "to_json", None)
        return ("text", text()) if callable(text) else ("object", pipeline)
    allowed = "a pipeline, an expression of polars or several"
    if isinstance(pipeline, pl.Expr):
        exprs = [pipeline]
    elif isinstance(pipeline, Iterable) and not isinstance(pipeline, (str, bytes, dict)):
        exprs = list(pipeline)
    else:
        raise TaError(f"pipeline must be {allowed}, got an object of type {type(pipeline).__name__}")
    for index, expr in enumerate(exprs):
        if not isinstance(expr, pl.Expr):
            kind = f"an object of type {type(expr).__name__}"
            raise TaError(f"pipeline must be {allowed}, got {kind} at position {index}")
        _check_expression(expr, index, empty)
    return "expressions", exprs


def _check_expression(expr: pl.Expr, index: int, empty: pl.DataFrame) -> None:
    try:
        empty.with_columns(expr)
    except Exception as error:
        why = _spark_groups.first_line(error)
        if isinstance(error, pl.exceptions.ColumnNotFoundError):
            lacking = [name for name in expr.meta.root_names() if name not in empty.columns]
            why = _no_column(lacking[0], empty.columns) if lacking else why
        raise TaError(f"the expression at position {index}: {why}") from error


def _over_nothing(plan: _spark_groups.Plan, empty: pl.DataFrame) -> Any:
    """The result over no rows, which has the columns of every result."""
    try:
        return plan.prepared()(empty)
    except TaError:
        raise
    except Exception as error:
        raise TaError(f"the pipeline fails on a frame without rows: {_spark_groups.first_line(error)}") from error


def _schema_of(made: Any) -> pa.Schema:
    """The schema of the result, in types that Spark has."""
    if not isinstance(made, pl.DataFrame):
        kind = f"an object of type {type(made).__name__}"
        raise TaError(f"the pipeline's apply must return a DataFrame of polars, got {kind}")
    schema = _spark_groups.to_arrow(made).schema
    fields = [pa.field(field.name, _spark_groups.plain(field.type)) for field in schema]
    for field in fields:
        try:
            from_arrow_schema(pa.schema([field]))
        except Exception as error:
            dtype = made.schema[field.name]
            why = f"column {json.dumps(field.name)} of the result is {dtype}, a type that Spark lacks"
            raise TaError(f"{why}; cast it in the pipeline") from error
    return pa.schema(fields)


if __name__ == "__main__":
    from polars_ta import _spark_command

    sys.exit(_spark_command.main())
