"""Pipelines: the features of a configuration, which can be applied to frames."""

from __future__ import annotations

import json
import math
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Literal, TypeVar

import polars as pl

from polars_ta import _library
from polars_ta._calls import describe
from polars_ta._errors import TaError
from polars_ta._labels import label_expressions, label_names, label_time
from polars_ta._load import load
from polars_ta._meaning import expression
from polars_ta._order import Order, in_order

Frame = TypeVar("Frame", pl.DataFrame, pl.LazyFrame)
Keep = Literal["all", "none"] | list[str]

#: Options under their Python names, which a dictionary may have.
_SNAKE = {
    "allow_lookahead": "allowLookahead",
    "time_format": "timeFormat",
    "written_by": "writtenBy",
}

#: The key under which the library finds the description of a value that JSON does not have.
_SHOWN = "\0shown"


class Pipeline:
    """Named features, made by :func:`pipeline`.

    A pipeline holds no data and can be applied to any number of frames. It can be pickled.

    >>> import polars as pl, polars_ta
    >>> features = polars_ta.pipeline({"features": ["sma(2)", "close / sma(2) - 1 as trend"]})
    >>> features.names
    ['sma_2', 'trend']
    >>> features.apply(pl.DataFrame({"close": [10.0, 12.0]}))["sma_2"].to_list()
    [None, 11.0]
    """

    def __init__(self, config: Any) -> None:
        self._config = _visible(config)
        known = self._ask("pipeline")
        self._features: list[dict[str, Any]] = known["features"]
        self._labels: list[dict[str, Any]] = known["labels"]
        self._inputs: dict[str, Any] = known["inputs"]
        self._reads: list[str] = known["reads"]
        self._over: list[str] = known["over"]

    def __reduce__(self) -> tuple[Any, ...]:
        return Pipeline, (self._config,)

    def __repr__(self) -> str:
        return f"Pipeline({', '.join(self.names)})"

    @property
    def names(self) -> list[str]:
        """The names of the features, in the order of their columns."""
        return [feature["name"] for feature in self._features]

    @property
    def labels(self) -> list[str]:
        """The names of the columns that ``apply`` adds with ``labels=True``."""
        return label_names(self._labels)

    @property
    def over(self) -> list[str]:
        """The columns of the groups within which features are computed."""
        return list(self._over)

    @property
    def time(self) -> str | Literal[False] | None:
        """The column of the times, if the configuration names it; ``False`` if it switches off the
        check of their order."""
        return self._config.get("time")

    @property
    def time_format(self) -> str | None:
        """How the times are written, if the configuration says: a pattern of strftime."""
        return self._config.get("timeFormat")

    @property
    def inputs(self) -> list[str]:
        """The columns that features read. Those that an indicator reads by default have their usual
        names."""
        return list(self._reads)

    @property
    def lookback(self) -> int:
        """The number of rows at the start of a group in which some feature has no value yet."""
        return self._reach["lookback"]

    @property
    def stable_after(self) -> float:
        """Rows of history after which no feature depends on where the data begin, to a relative
        1e-9; ``math.inf`` if a feature depends on all rows before. Rows with missing values do not
        count."""
        rows = self._reach["stableAfter"]
        return math.inf if rows is None else rows

    @property
    def lookahead(self) -> int:
        """The number of later rows that features depend on; 0 unless ``allow_lookahead`` allows
        some."""
        return self._reach["lookahead"]

    @cached_property
    def _reach(self) -> dict[str, Any]:
        return self._ask("reach")

    def expressions(self, columns: list[str] | None = None) -> list[pl.Expr]:
        """The features as expressions of polars, each over its groups and with its name.

        ``columns`` are those of the frame: usual columns are then found in any case, as
        :meth:`apply` finds them, and a column that the frame lacks raises a :class:`TaError`.
        Without them they are read in lower case. The order of the rows is not checked.
        """
        usual = {} if columns is None else self._ask("columns", columns=columns)["usual"]
        return self._expressions(usual)

    def _expressions(self, usual: dict[str, str]) -> list[pl.Expr]:
        def made(feature: dict[str, Any]) -> pl.Expr:
            expr = self._expression(feature["meaning"], usual)
            return (expr.over(self._over) if self._over else expr).alias(feature["name"])

        return [made(feature) for feature in self._features]

    def _expression(self, meaning: dict[str, Any], usual: dict[str, str]) -> pl.Expr:
        return expression(meaning, self._inputs, usual)

    def apply(self, frame: Frame, *, keep: Keep | None = None, labels: bool = False) -> Frame:
        """Adds the features to a frame, each within the groups of ``over``.

        A feature replaces a column of its name. ``keep`` are the columns of the frame in the result:
        ``"all"``, ``"none"`` or a list; by default as the configuration says, else all. A LazyFrame
        stays lazy. With ``labels=True`` the labels are added too, which use later rows, and for each
        the time at which it is known as ``<name>_known_on``.

        Raises a :class:`TaError` if the frame lacks a column that a feature reads or that ``over``,
        ``time`` or ``keep`` name, or if rows are not in the order of their times within each group.
        For a LazyFrame the order is checked when the plan runs; older polars make a ComputeError of the
        sentence.
        """
        if not isinstance(frame, (pl.DataFrame, pl.LazyFrame)):
            got = describe(frame)
            raise TaError(f"pipeline: a DataFrame or a LazyFrame is needed, got {got}")
        wanted = _kept(keep)
        schema = frame.collect_schema() if isinstance(frame, pl.LazyFrame) else frame.schema
        if not isinstance(labels, bool):
            raise TaError(f"pipeline: labels must be True or False, got {describe(labels)}")
        if labels and not self._labels:
            raise TaError("pipeline: labels is True, but the configuration has no labels")
        found = self._ask("columns", columns=list(schema), keep=wanted, labels=labels)
        usual = found["usual"]
        order = Order(self._over, self.time, self.time_format)
        exprs = self._expressions(usual)
        if labels:
            # All at once: a feature may replace a column that a label reads.
            build = partial(self._expression, usual=usual)
            time = label_time(dict(schema), order)
            exprs += label_expressions(self._labels, build, self._over, time)
        added = in_order(frame, dict(schema), order).with_columns(exprs)
        if (wanted or self._config.get("keep", "all")) == "all":
            return added
        return added.select([*found["kept"], *self.names, *(self.labels if labels else [])])

    def explain(self) -> str:
        """Explains the pipeline: each feature with its inputs, parameters and reach."""
        return self._ask("explain")

    def to_dict(self) -> dict[str, Any]:
        """A configuration without defaults: with every input and parameter, and the versions of the
        library and of the catalog's contract. :func:`pipeline` makes the same pipeline of it, here
        and in Node, also in a later version, or raises."""
        return self._ask("written")

    def to_json(self) -> str:
        """The same as JSON, which :func:`pipeline` takes."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    def _ask(self, what: str, **more: Any) -> Any:
        return _library.language({"ask": what, "config": self._config, **more})


def pipeline(config: dict[str, Any] | str | Path) -> Pipeline:
    """Makes a pipeline from a configuration.

    ``config`` is a dictionary, the path of a JSON or YAML file, or the text of one. The
    configuration is that of Node: the same file works in both. A dictionary may also have the names
    of Python, such as ``allow_lookahead``. YAML needs the package PyYAML.

    Raises a :class:`TaError` with one sentence if the configuration is wrong.
    """
    if isinstance(config, (str, Path)):
        return Pipeline(load(config))
    if isinstance(config, dict):
        given = [(name, value) for name, value in config.items() if value is not None]
        config = {_SNAKE.get(name, name): value for name, value in given}
    return Pipeline(config)


def _kept(keep: Any) -> Any:
    allowed = isinstance(keep, list) and all(isinstance(name, str) and name for name in keep)
    if keep is None or keep in ("all", "none") or allowed:
        return keep
    got = describe(keep)
    raise TaError(f'pipeline: keep must be "all", "none" or a list of columns, got {got}')


def _visible(value: Any) -> Any:
    """A configuration for the library. What JSON does not have becomes its description."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, (list, tuple)):
        return [_visible(each) for each in value]
    if isinstance(value, dict):
        return {str(name): _visible(each) for name, each in value.items()}
    try:
        if math.isfinite(value):
            return int(value) if value == int(value) else float(value)
    except (TypeError, ValueError, OverflowError):
        pass
    return {_SHOWN: describe(value)}
