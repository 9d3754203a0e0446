"""Finds columns that separate several series in one frame, such as that of the symbols."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations

import polars as pl

from polars_ta._times import Schema, count, is_number, is_text, is_usual_time

TIME = "__ta_time"


@dataclass(frozen=True)
class Series:
    """Columns that separate series."""

    columns: list[str]
    #: Whether the rows may be out of order for another reason: no time repeats, and the column has
    #: no usual name.
    unsure: bool


@dataclass(frozen=True)
class Known:
    """Rows with their times, and the groups that the caller named."""

    bars: pl.DataFrame
    keys: list[str]
    #: Whether times repeat within these groups.
    repeated: bool

    @property
    def groups(self) -> int:
        return self.bars.select(self.keys).n_unique() if self.keys else 1


#: Usual names of columns that separate series.
_NAMES = re.compile(
    r"^(symbol|sym|ticker|instrument|asset|security|stock|share|coin|pair|contract|isin|cusip|sedol"
    r"|figi|ric|permno|permco|gvkey|code|market|exchange)s?[_ ]?(id|code|name)?$",
    re.IGNORECASE,
)

#: Columns of numbers are prices, unless the name says that they identify something.
_IDENTIFIES = re.compile(r"(^|[_ ])(id|code)$", re.IGNORECASE)

_MOST = 8


def _is_usual(name: str) -> bool:
    return _NAMES.search(name) is not None


def separators(schema: Schema, skip: list[str]) -> list[str]:
    """The columns that may separate series, by their types and names; usual names first."""

    def may(name: str, dtype: pl.DataType) -> bool:
        if name in skip or is_usual_time(name):
            return False
        identifies = _is_usual(name) or _IDENTIFIES.search(name) is not None
        return is_text(dtype) or (is_number(dtype) and identifies)

    found = [name for name, dtype in schema.items() if may(name, dtype)]
    return sorted(found, key=lambda name: not _is_usual(name))[:_MOST]


def series_in(names: list[str], known: Known) -> Series | None:
    """The fewest of the columns that separate series: within them no time repeats, or all times are
    in order."""
    for size in (1, 2, 3):
        sets = [list(columns) for columns in combinations(names, size)]
        # Of several that separate series, the usual names are right.
        for usual in (True, False):
            some = [columns for columns in sets if all(map(_is_usual, columns)) == usual]
            columns = _best(some, usual, known)
            if columns is not None:
                return Series(columns, unsure=not known.repeated and not usual)
    return None


def directions(known: Known, columns: list[str]) -> tuple[int, int]:
    """How many rows of a group have an earlier time than the row before, and how many a later one."""
    time = pl.col(TIME)
    before = time.shift(1).over([*known.keys, *columns])
    steps = [count(time < before).alias("back"), count(time > before).alias("forward")]
    back, forward = known.bars.select(steps).row(0)
    return back, forward


def _best(sets: list[list[str]], usual: bool, known: Known) -> list[str] | None:
    """The columns with the fewest groups among those that separate series."""
    found = []
    for columns in sets:
        groups = known.bars.select(*known.keys, *columns).n_unique()
        # Columns with one value only, or with nearly as many values as rows, separate no series.
        if known.groups < groups <= known.bars.height / 2:
            found.append((groups, columns))
    for _, columns in sorted(found, key=lambda each: each[0]):
        if _separates(columns, usual, known):
            return columns
    return None


def _separates(columns: list[str], usual: bool, known: Known) -> bool:
    if not known.repeated:
        return usual or directions(known, columns)[0] == 0
    rows = known.bars.select(*known.keys, *columns, TIME)
    return rows.n_unique() == rows.height
