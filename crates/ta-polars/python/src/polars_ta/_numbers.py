"""Reads times written as numbers: the digits of a date, or a count since 1970."""

from __future__ import annotations

import re

import polars as pl

from polars_ta._errors import TaError
from polars_ta._times import TIME_OPTION, WHAT, Column, count, plausible, strptime, time_format

#: Patterns of numbers whose digits are a date, by the number of digits: whether they have a time of
#: day, and a factor, because polars needs minutes after an hour.
_DIGITS = {
    8: ("%Y%m%d", False, 1),
    10: ("%Y%m%d%H%M", True, 100),
    12: ("%Y%m%d%H%M", True, 1),
    14: ("%Y%m%d%H%M%S", True, 1),
}

#: A year, a month and a day.
_DATE = re.compile(r"\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])", re.ASCII)

#: The least of the largest values of a column, for counts of seconds since 1970 and finer ones.
_EPOCHS = (1e8, 1e11, 1e14, 1e17)

#: Whole numbers below this are counts of bars or days. They are in order, whatever their unit.
_COUNTS = 1_000_000


def number_form(column: Column, numbers: pl.Expr) -> pl.Expr:
    """What orders a column of numbers. ``numbers`` is the column, or its texts as numbers."""
    whole = numbers.cast(pl.Int64, strict=False)
    shown, least, most, lost, fractions = column.frame.select(
        numbers.min().cast(pl.String).alias("shown"),
        whole.min().alias("least"),
        whole.max().alias("most"),
        # Infinities and numbers that do not fit become null.
        count(numbers.is_not_null() & whole.is_null()).alias("lost"),
        count(whole.cast(pl.Float64) != numbers).alias("fractions"),
    ).row(0)
    if least is None or most is None:
        return whole
    if lost > 0:
        raise column.unknown_form(shown or str(most))
    if fractions == 0 and _are_dates(column, whole, least, most):
        return whole
    start = _epoch(least, most)
    if start is not None:
        # Fractions are read to the microsecond.
        return whole if fractions == 0 else (numbers * (1e14 / start)).cast(pl.Int64)
    if fractions > 0 or max(abs(least), abs(most)) >= _COUNTS:
        raise column.unknown_form(shown or str(least))
    _refuse_short_dates(column, whole, least)
    return whole


def _are_dates(column: Column, whole: pl.Expr, least: int, most: int) -> bool:
    """Whether all numbers have the digits of a date. Their order is that of the numbers."""
    texts = [str(least), str(most)]
    known = _DIGITS.get(len(texts[0]))
    if known is None or len(texts[0]) != len(texts[1]) or not all(map(_DATE.match, texts)):
        return False
    pattern, timed, factor = known
    expr = strptime((whole * factor).cast(pl.String), pattern, timed)
    wrong = count(whole.is_not_null() & ~plausible(expr).fill_null(False))
    return column.frame.select(wrong).item() == 0


def _epoch(least: int, most: int) -> float | None:
    """The unit of counts since 1970, as the least of its largest values; nothing if the numbers have
    no unit in common. Their order is that of the numbers."""
    start = next((start for start in _EPOCHS if start <= most < start * 100), None)
    if start is None or least < -start * 50:
        return None
    # Times before 1970 are negative; a much smaller positive value has another unit.
    return start if least < 0 or least >= start / 50 else None


def _refuse_short_dates(column: Column, whole: pl.Expr, least: int) -> None:
    """Raises for numbers such as 130301: as dates of two centuries they have another order than as
    counts."""
    if least < 101:
        return
    # Adding 1,000,000 puts a 1 before six digits, with leading zeros.
    date = strptime((whole + _COUNTS).cast(pl.String), "1%y%m%d", False)
    wrong = count(whole.is_not_null() & date.is_null())
    if column.frame.select(wrong).item() > 0:
        return
    raise TaError(
        f'{WHAT}: column "{column.name}" has {least}, which may be a date or a count; if it is a'
        f" date, say how it is written with {time_format('%y%m%d')}, else which column has the"
        f" times with {TIME_OPTION}"
    )
