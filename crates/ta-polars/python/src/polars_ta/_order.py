"""Checks that bars are in the order of their times, within groups, and explains what is wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, TypeVar

import polars as pl

from polars_ta._errors import TaError
from polars_ta._series import Known, Series, directions, separators, series_in
from polars_ta._times import (
    NO_TIME,
    TIME_OPTION,
    WHAT,
    Column,
    Schema,
    candidates,
    count,
    is_number,
    is_time,
    quoted,
    read_times,
    times_column,
)

Frame = TypeVar("Frame", pl.DataFrame, pl.LazyFrame)

TIME = "__ta_time"
ROW = "__ta_row"


@dataclass(frozen=True)
class Order:
    """How to check the order of the rows."""

    over: list[str]
    time: str | Literal[False] | None
    time_format: str | None


def in_order(frame: Frame, schema: Schema, order: Order) -> Frame:
    """The frame, if its rows are in the order of their times within groups; a LazyFrame checks that
    when it runs."""
    if order.time is False:
        return frame
    possible = candidates(schema, order.over) if order.time is None else [order.time]
    if not possible:
        if order.time_format is None:
            return frame
        raise TaError(
            f"{WHAT}: times are written {order.time_format}, but no column has any; say which one"
            f" with {TIME_OPTION}"
        )
    check = partial(checked, order=order)
    if isinstance(frame, pl.LazyFrame):
        options: dict[str, Any] = dict.fromkeys(
            ("predicate_pushdown", "projection_pushdown", "slice_pushdown"), False
        )
        return frame.map_batches(check, **options)
    return check(frame)


def checked(frame: pl.DataFrame, order: Order) -> pl.DataFrame:
    """The rows; raises if they have times and are not in their order."""
    name = times_column(frame, order.time or None, order.over)
    if name is not None:
        column = Column(frame, name, order.time_format)
        bars = frame.with_columns(read_times(column).alias(TIME)).with_row_index(ROW)
        if frame.height > 0 and not _is_in_order(bars, order.over):
            raise _diagnosis(bars, column, order.over)
    return frame


def _over(expr: pl.Expr, keys: list[str]) -> pl.Expr:
    return expr.over(keys) if keys else expr


def _is_in_order(bars: pl.DataFrame, keys: list[str]) -> bool:
    time = pl.col(TIME)
    wrong = time <= _over(time.shift(1), keys)
    missing, back = bars.select(count(time.is_null()).alias("m"), count(wrong).alias("w")).row(0)
    return missing == 0 and back == 0


def _diagnosis(bars: pl.DataFrame, column: Column, keys: list[str]) -> TaError:
    place = f'{WHAT}: column "{column.name}"'
    time = pl.col(TIME)
    missing = bars.filter(time.is_null()).head(1)
    if missing.height:
        return TaError(f"{place} is null in row {missing[ROW].item()}; every bar needs a time")
    forward = count(time > _over(time.shift(1), keys))
    rows, ahead = bars.select(pl.len().alias("rows"), forward.alias("forward")).row(0)
    repeated = bars.select(*keys, TIME).n_unique() < rows
    known = Known(bars, keys, repeated)
    skip = [column.name, *keys]
    names = separators({n: t for n, t in bars.schema.items() if n not in (TIME, ROW)}, skip)
    series = series_in(names, known)
    says = _says(bars, column, keys, repeated)
    typed = is_time(column.dtype)

    def sort(by: list[str]) -> str:
        listed = _list([*by, column.name])
        also = "" if typed else f', with "{column.name}" as Date or Datetime'
        return f"sort the frame first, df.sort({listed}){also}"

    if series is not None:
        toward = directions(known, series.columns)
        return TaError(f"{place} {says}; {_oversight(series, toward, keys, sort)}")
    if repeated:
        return TaError(
            f"{place} {says}, and no column tells the rows apart; keep one row for each time, or"
            f" take the rows as they are with {NO_TIME}"
        )
    if ahead > 0:
        return TaError(f"{place} {says}; {sort(keys)}")
    each = " in every group" if keys else ""
    return TaError(f"{place} has the newest time first{each}; {sort(keys)}")


def _list(columns: list[str]) -> str:
    listed = ", ".join(map(quoted, columns))
    return listed if len(columns) == 1 else f"[{listed}]"


def _says(bars: pl.DataFrame, column: Column, keys: list[str], repeated: bool) -> str:
    """What is wrong in the first row that is out of order."""
    time, row = pl.col(TIME), pl.col(ROW)
    text = column.value.cast(pl.String, strict=False)
    before = _over(text.shift(1), keys).alias("__ta_before")
    wrong = (
        row.first().over([*keys, TIME]) != row
        if repeated
        else time < _over(time.shift(1), keys)
    )
    found = bars.with_columns(before, wrong.alias("__ta_wrong")).filter("__ta_wrong").head(1)
    shown = found.select(
        row,
        text.alias("__ta_value"),
        "__ta_before",
        *(pl.col(key).cast(pl.String, strict=False).alias(f"__ta_{i}") for i, key in enumerate(keys)),
    ).row(0)
    number, value, previous, *group = shown
    named = zip(keys, group, strict=True)
    within = f" within {', '.join(f'{key} {value}' for key, value in named)}" if keys else ""

    def show(value: Any) -> str:
        return str(value) if is_number(column.dtype) else quoted(_short(str(value)))

    if repeated:
        return f"has {show(value)}{within} more than once, again in row {number}"
    return f"goes back{within} from {show(previous)} to {show(value)} in row {number}"


def _short(text: str) -> str:
    """The text of a time without the zeros that its dtype adds."""
    text = re.sub(r"(:\d\d)\.0+(?=$|[+-])", r"\1", text)
    return re.sub(r" 00:00:00(?=$|[+-])", "", text)


def _oversight(series: Series, toward: tuple[int, int], keys: list[str], sort: Any) -> str:
    """What to do if the caller forgot groups."""
    back, forward = toward
    columns = series.columns
    everything = [*keys, *columns]
    listed = " and ".join(map(quoted, columns))
    single = len(columns) == 1
    column, tell = ("column", "tells") if single else ("columns", "tell")
    over = f"compute within {'it' if single else 'them'} with over: {_list(everything)}"
    if series.unsure:
        return f"if {column} {listed} {tell} series apart, {over}, else {sort(keys)}"
    newest = ", each with the newest time first" if back > 0 and forward == 0 else ""
    also = "" if back == 0 else f", and {sort(everything)}"
    return f"{column} {listed} {tell} series apart{newest}: {over}{also}"
