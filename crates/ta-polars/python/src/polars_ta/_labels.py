"""The labels of a pipeline as expressions, with the times at which they are known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl

from polars_ta._errors import TaError
from polars_ta._order import Order
from polars_ta._times import TIME_OPTION, WHAT, Schema, candidates, is_time, is_usual_time

Label = dict[str, Any]
Build = Callable[[Any], pl.Expr]


def label_names(labels: list[Label]) -> list[str]:
    """The names of all columns of labels, in their order."""
    columns = [column["name"] for label in labels for column in label["columns"]]
    return [*columns, *(label["knownOn"] for label in labels)]


def label_time(schema: Schema, order: Order) -> str:
    """The column of times of a frame, by its name or its type."""
    if isinstance(order.time, str):
        return order.time
    possible = [] if order.time is False else candidates(schema, order.over)
    found = [name for name in possible if is_usual_time(name) or is_time(schema[name])]
    if len(found) != 1:
        raise TaError(
            f"{WHAT}: labels need the column of times, because they say when they are known;"
            f" name it with {TIME_OPTION}"
        )
    return found[0]


def label_expressions(
    labels: list[Label], build: Build, over: list[str], time: str
) -> list[pl.Expr]:
    """The columns of labels. A label is known in the row so many rows later in its group."""

    def within(expr: pl.Expr) -> pl.Expr:
        return expr.over(over) if over else expr

    row = pl.col(time).cum_count() - 1
    columns = [column for label in labels for column in label["columns"]]
    return [
        *(within(build(column["meaning"])).alias(column["name"]) for column in columns),
        *(
            within(pl.col(time).gather(row + build(label["knownAfter"]))).alias(label["knownOn"])
            for label in labels
        ),
    ]
