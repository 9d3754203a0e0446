"""What a worker of Spark does: finds the groups in sorted batches and computes each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl
import pyarrow as pa

from polars_ta import _library
from polars_ta._errors import TaError

#: Rows of a batch that goes back to Spark, which holds some of them at once.
BATCH = 65_536


def versions() -> dict[str, str]:
    """What must be the same on all machines, for the same values."""
    return {"polars-ta": _library.document()["library_version"], "polars": pl.__version__}


def first_line(error: BaseException) -> str:
    """The sentence of an error, without what polars writes around it."""
    line = (str(error) or type(error).__name__).split("\n", 1)[0]
    return line.removeprefix("the plugin failed with message: ")


def plain(dtype: pa.DataType) -> pa.DataType:
    """The type of Arrow that Spark reads for one that polars writes."""
    if pa.types.is_large_string(dtype):
        return pa.string()
    if pa.types.is_large_binary(dtype):
        return pa.binary()
    if pa.types.is_large_list(dtype):
        return pa.list_(plain(dtype.value_type))
    if pa.types.is_struct(dtype):
        return pa.struct([pa.field(field.name, plain(field.type)) for field in dtype])
    return dtype


def to_arrow(frame: pl.DataFrame) -> pa.Table:
    """A table without types that are newer than Spark's Arrow."""
    try:
        return frame.to_arrow(compat_level=pl.CompatLevel.oldest())
    except (AttributeError, TypeError):
        # Before polars 1.1, which wrote such tables only.
        return frame.to_arrow()


@dataclass(frozen=True)
class Plan:
    """A pipeline, and what the groups are."""

    by: list[str]
    order_by: str
    #: "text", "object" or "expressions", which says what `pipeline` is.
    kind: str
    pipeline: Any

    def prepared(self) -> Callable[[pl.DataFrame], pl.DataFrame]:
        """The function that computes a group."""
        if self.kind == "expressions":
            return lambda frame: frame.with_columns(self.pipeline)
        if self.kind == "object":
            return self.pipeline.apply
        import polars_ta

        return polars_ta.pipeline(self.pipeline).apply

    def run(self, batches: Iterator[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
        """The batches of the results. Rows come sorted; a group may span several batches."""
        apply = self.prepared()
        for rows in self._whole_groups(batches):
            frame = pl.from_arrow(pa.Table.from_batches(rows))
            starts = self._starts(frame)
            self._check_order(frame)
            ends = [*starts[1:], frame.height]
            made = [self._group(apply, frame[a:b], schema) for a, b in zip(starts, ends, strict=True)]
            yield from pa.concat_tables(made).combine_chunks().to_batches(max_chunksize=BATCH)

    def _whole_groups(self, batches: Iterator[pa.RecordBatch]) -> Iterator[list[pa.RecordBatch]]:
        """Pieces of the batches that end where a group does."""
        begun: list[pa.RecordBatch] = []
        for batch in batches:
            if batch.num_rows == 0:
                continue
            # The row before decides whether the first one begins a group.
            before = [begun[-1].slice(begun[-1].num_rows - 1)] if begun else []
            keys = pl.from_arrow(pa.Table.from_batches([*before, batch]).select(self.by))
            last = self._starts(keys)[-1] - len(before)
            if last < 0 or (last == 0 and not begun):
                begun.append(batch)
                continue
            yield [*begun, batch.slice(0, last)] if last > 0 else begun
            begun = [batch.slice(last)]
        if begun:
            yield begun

    def _starts(self, frame: pl.DataFrame) -> list[int]:
        """The rows in which groups begin: the first one, and those with another key than before."""
        other = pl.any_horizontal(pl.col(key).ne_missing(pl.col(key).shift(1)) for key in self.by)
        rows = frame.select(other.alias("other"))["other"].arg_true().to_list()
        return rows if rows[:1] == [0] else [0, *rows]

    def _check_order(self, frame: pl.DataFrame) -> None:
        time = pl.col(self.order_by)
        same = pl.all_horizontal(pl.col(key).eq_missing(pl.col(key).shift(1)) for key in self.by)
        first = pl.int_range(pl.len()) == 0
        back = time.is_null() | (same & ~first & (time <= time.shift(1)).fill_null(value=False))
        rows = frame.select(back.alias("back"))["back"].arg_true()
        if rows.is_empty():
            return
        row = rows[0]
        name = json.dumps(self.order_by)
        value = frame[self.order_by][row]
        if value is None:
            what = f"{name} is null in a row; every row needs one"
        elif value == frame[self.order_by][row - 1]:
            what = f"{name} repeats {value}; each row of a group needs its own"
        else:
            what = f"{name} goes back from {frame[self.order_by][row - 1]} to {value}"
        raise TaError(f"group {self._name(frame[row:])}: {what}")

    def _group(self, apply: Callable[[pl.DataFrame], pl.DataFrame], group: pl.DataFrame, schema: pa.Schema) -> pa.Table:
        try:
            return to_arrow(apply(group)).cast(schema)
        except Exception as error:
            raise TaError(f"group {self._name(group)}: {first_line(error)}") from error

    def _name(self, group: pl.DataFrame) -> str:
        """The group for a message, such as ``symbol="A"``."""
        values = group.select(self.by).row(0)
        show = [json.dumps(value, default=str, ensure_ascii=False) for value in values]
        return ", ".join(f"{key}={value}" for key, value in zip(self.by, show, strict=True))
