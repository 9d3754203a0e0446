"""Finds the column of times in a frame, and reads it in the form that the whole column has."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

import polars as pl

from polars_ta._errors import TaError
from polars_ta._forms import Forms, forms_of, is_time_of_day, is_timed, is_whole, is_zoned

WHAT = "pipeline"
TIME_OPTION = "the option time"
NO_TIME = "time: false"
_OUT = f", or leave the order alone with {NO_TIME}"

Schema = dict[str, pl.DataType]

#: Usual names of columns of times, the most telling first.
_USUAL = ["datetime", "timestamp", "time", "date"]


def quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def time_format(pattern: str) -> str:
    """How the caller says how times are written."""
    return f"timeFormat: {quoted(pattern)}"


_EXAMPLE = time_format("%Y-%m-%d")


def is_time(dtype: pl.DataType) -> bool:
    return dtype == pl.Date or dtype == pl.Datetime


def is_text(dtype: pl.DataType) -> bool:
    return dtype == pl.String or dtype == pl.Categorical or dtype == pl.Enum


def is_number(dtype: pl.DataType) -> bool:
    return dtype.is_integer() or dtype.is_float()


def _rank(name: str) -> int | None:
    plain = re.sub("[^a-z]", "", name.lower())
    return _USUAL.index(plain) if plain in _USUAL else None


def is_usual_time(name: str) -> bool:
    """Whether a column has the usual name of times."""
    return _rank(name) is not None


def candidates(schema: Schema, skip: list[str]) -> list[str]:
    """The columns that may be the times, by their names and types."""
    columns = {name: dtype for name, dtype in schema.items() if name not in skip}
    kinds = (is_time, is_text, is_number, lambda dtype: dtype == pl.Time)
    usual = [
        (rank, name)
        for name, dtype in columns.items()
        if (rank := _rank(name)) is not None and any(kind(dtype) for kind in kinds)
    ]
    if usual:
        return [name for rank, name in usual if rank == min(usual)[0]]
    typed = [name for name, dtype in columns.items() if is_time(dtype)]
    return typed or [name for name, dtype in columns.items() if is_text(dtype)]


def times_column(frame: pl.DataFrame, asked: str | None, skip: list[str]) -> str | None:
    """The column of times: the one that the caller names; else one with a usual name; else the only
    Date or Datetime; else the only text whose first value is written like a time."""
    if asked is not None:
        return asked
    found = []
    for name in candidates(dict(frame.schema), skip):
        if is_usual_time(name) or not is_text(frame.schema[name]):
            found.append(name)
            continue
        first = first_value(frame, name)
        if first is not None and (forms_of(first) or is_time_of_day(first)):
            found.append(name)
    if len(found) < 2:
        return found[0] if found else None
    listed = ", ".join(map(quoted, found))
    raise TaError(
        f"{WHAT}: several columns may hold the times, {listed}; say which with {TIME_OPTION}{_OUT}"
    )


def text_of(expr: pl.Expr) -> pl.Expr:
    """A column as text without spaces around it."""
    return expr.cast(pl.String, strict=False).str.strip_chars()


def first_value(frame: pl.DataFrame, column: str) -> str | None:
    """The first value that is not null, as text."""
    value = pl.col(column)
    found = frame.select(column).filter(value.is_not_null()).head(1).select(text_of(value))
    return found.item() if found.height else None


def count(condition: pl.Expr) -> pl.Expr:
    return condition.cast(pl.UInt64).sum()


def plausible(times: pl.Expr) -> pl.Expr:
    """Whether the year has four digits; other years come from misread values."""
    day = times.cast(pl.Date).cast(pl.Int32)
    return day.is_between(-354_285, 2_932_896)


def strptime(text: pl.Expr, pattern: str, timed: bool, unit: str = "us") -> pl.Expr:
    """Parses texts with a pattern; null where they have another form."""
    zone = "UTC" if is_zoned(pattern) else None
    dtype = pl.Datetime(unit, zone) if timed else pl.Date  # type: ignore[arg-type]
    return text.str.strptime(dtype, pattern, strict=False, exact=True)


@dataclass(frozen=True)
class Column:
    """A column to read as times."""

    frame: pl.DataFrame
    name: str
    #: The caller's strftime pattern.
    pattern: str | None

    @property
    def dtype(self) -> pl.DataType:
        return self.frame.schema[self.name]

    @property
    def value(self) -> pl.Expr:
        return pl.col(self.name)

    def refuse_failing(self, form: str, reads: pl.Expr) -> None:
        """Raises if a value cannot be read in a form; the message shows the first."""
        found = self.first_failing(form, reads)
        if found:
            raise found[1]

    def first_failing(self, form: str, reads: pl.Expr) -> tuple[int, TaError] | None:
        wrong = self.value.is_not_null() & ~reads.fill_null(False)
        shown = self.value.cast(pl.String, strict=False).alias("__ta_value")
        numbered = self.frame.select(self.name).with_row_index("__ta_row")
        found = numbered.filter(wrong).head(1).select("__ta_row", shown)
        if found.height == 0:
            return None
        row, value = found.row(0)
        before = " that the rows before have" if self.pattern is None and row > 0 else ""
        no = f"no time of the form {form}{before}" if form.startswith("%") else f"no {form}"
        out = "" if self.pattern is not None else f", or say how times are written with {_EXAMPLE}"
        place = f'{WHAT}: column "{self.name}" has {quoted(value)} in row {row}'
        return row, TaError(f"{place}, which is {no}; correct it{out}")

    def unknown_form(self, value: str) -> TaError:
        """The error for a column whose values have no known form."""
        place = f'{WHAT}: column "{self.name}" has {quoted(value)}'
        which = f"which column has the times with {TIME_OPTION}{_OUT}"
        if is_time_of_day(value):
            return TaError(
                f"{place}, a time of day without its date; make one column of both, or say {which}"
            )
        return TaError(
            f"{place}, which is no time in a known form; say how it is written with {_EXAMPLE},"
            f" or {which}"
        )


def read_times(column: Column) -> pl.Expr:
    """What orders the rows: a Date, a Datetime, or counts. Texts and whole numbers are read in the
    one form that all values have."""
    from polars_ta._numbers import number_form

    dtype, value = column.dtype, column.value
    if is_time(dtype):
        return value
    if dtype == pl.Time:
        raise column.unknown_form(first_value(column.frame, column.name) or "00:00")
    if not is_text(dtype) and not is_number(dtype):
        raise TaError(
            f'{WHAT}: column "{column.name}" has dtype {dtype}, times are Date, Datetime, text or'
            " whole numbers"
        )
    if column.pattern is not None:
        return _as_pattern(column, column.pattern)
    if is_number(dtype):
        return number_form(column, value)
    first = first_value(column.frame, column.name)
    if first is None:
        return value
    if is_whole(first):
        numbers = text_of(value).cast(pl.Int64, strict=False)
        column.refuse_failing("whole number", numbers.is_not_null())
        return number_form(column, numbers)
    forms = forms_of(first)
    if forms is None:
        raise column.unknown_form(first)
    return _as_text(column, forms)


def _as_pattern(column: Column, pattern: str) -> pl.Expr:
    value = column.value
    # Other programs store whole numbers as floats.
    is_float = column.dtype.is_float()
    whole = value.cast(pl.Int64, strict=False) if is_float else value
    expr = strptime(text_of(whole), pattern, is_timed(pattern))
    reads = plausible(expr)
    column.refuse_failing(pattern, reads & (whole == value) if is_float else reads)
    return expr


def _as_text(column: Column, forms: Forms) -> pl.Expr:
    unit = "ns" if forms.nanoseconds else "us"
    trimmed = text_of(column.value)

    def read(patterns: list[str]) -> dict[str, pl.Expr]:
        return {p: strptime(trimmed, p, forms.timed, unit) for p in patterns}

    for patterns in (forms.patterns, forms.finer):
        chosen = _chosen(column, read(patterns))
        if chosen is not None:
            return chosen
    failing = [
        found
        for pattern, expr in read(forms.patterns).items()
        if (found := column.first_failing(pattern, plausible(expr)))
    ]
    # The form that reads the most rows before it fails.
    raise max(failing, key=lambda found: found[0])[1]


def _chosen(column: Column, read: dict[str, pl.Expr]) -> pl.Expr | None:
    """The reading of all values, if there is one. If several read all, they must agree."""
    parsed = column.frame.select(column.name).with_columns(
        expr.alias(f"__ta_r{index}") for index, expr in enumerate(read.values())
    )
    nulls = parsed[column.name].null_count()
    fitting = []
    for index, (pattern, expr) in enumerate(read.items()):
        times = parsed[f"__ta_r{index}"]
        ends = times.to_frame().select(
            both=plausible(pl.first().min()) & plausible(pl.first().max())
        )
        if times.null_count() == nulls and ends.item():
            fitting.append((pattern, expr, times))
    if not fitting:
        return None
    first, expr, times = fitting[0]
    for other, _, others in fitting[1:]:
        differ = parsed.filter(times != others)
        if differ.height:
            value = first_value(differ, column.name)
            raise TaError(
                f'{WHAT}: day and month of column "{column.name}" cannot be told apart,'
                f" {quoted(value)} may be {first} or {other}; say which with {time_format(first)}"
                f" or {time_format(other)}"
            )
    return expr
