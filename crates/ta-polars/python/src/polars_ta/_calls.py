"""Sorts the arguments of a method, and makes the plugin expression."""

from __future__ import annotations

import json
import math
from numbers import Integral, Real
from typing import Any

import polars as pl
from polars.plugins import register_plugin_function

from polars_ta import _library
from polars_ta._errors import TaError

MISSING = "missing"
ALLOW = "allow_lookahead"


def looks_ahead(meta: dict[str, Any]) -> bool:
    """Whether an indicator uses later rows with some parameters."""
    semantics = meta["semantics"]
    return semantics["lookahead"] > 0 or bool(semantics.get("lookahead_params"))


def positional(meta: dict[str, Any], filled: str | None) -> list[str]:
    """The names of positional arguments: required inputs, then parameters."""
    slots = meta["semantics"]["input_slots"]
    required = [s["name"] for s in slots if "default" not in s and s["name"] != filled]
    return [*required, *(param["name"] for param in meta["params"])]


def expression(
    meta: dict[str, Any],
    subject: pl.Expr | None,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> pl.Expr:
    """The expression of a call. The subject, if there is one, fills the primary input."""
    filled = None if subject is None else meta["semantics"]["primary_input"]
    slots = [slot["name"] for slot in meta["semantics"]["input_slots"]]
    given = _by_name(meta, filled, args, kwargs)
    options = [MISSING, *([ALLOW] if looks_ahead(meta) else [])]
    inputs = {name: given.pop(name) for name in slots if name in given}
    missing = given.pop(MISSING, None)
    allow = given.pop(ALLOW, False) if ALLOW in options else False
    if not isinstance(allow, bool):
        raise TaError(f"{meta['id']}: {ALLOW} must be True or False, got {describe(allow)}")
    call = {
        "id": meta["id"],
        "params": {name: visible(value) for name, value in given.items()},
        "missing": missing if missing is None or isinstance(missing, str) else describe(missing),
        "also": [*(name for name in slots if name != filled), *options],
        "allow": None if allow else f"{ALLOW}=True",
    }
    request = _library.resolve(call)
    if subject is not None and filled is not None:
        inputs[filled] = subject
    exprs = [_input(meta, slot, inputs) for slot in meta["semantics"]["input_slots"]]
    return plugin(request, missing, allow, exprs).alias(request["name"])


def plugin(
    request: dict[str, Any], missing: str | None, allow: bool, inputs: list[pl.Expr]
) -> pl.Expr:
    """The plugin expression of a request that was checked. The inputs are in the catalog's order."""
    written = {
        "id": request["id"],
        "params": request["params"],
        "missing": missing,
        "allow_lookahead": allow,
    }
    return register_plugin_function(
        plugin_path=_library.path(),
        function_name="ta",
        args=_with_length(inputs),
        kwargs={"request": json.dumps(written)},
        is_elementwise=False,
    )


def _by_name(
    meta: dict[str, Any], filled: str | None, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> dict[str, Any]:
    """All arguments that are given, by name."""
    slots = [slot["name"] for slot in meta["semantics"]["input_slots"]]
    # A caller may give inputs by name and parameters by position.
    names = [n for n in positional(meta, filled) if not (n in slots and n in kwargs)]
    if len(args) > len(names):
        takes = f"at most {len(names)} ({', '.join(names)})" if names else "none"
        raise TaError(f"{meta['id']} got {len(args)} positional arguments, it takes {takes}")
    given: dict[str, Any] = {}
    for name, value in [*zip(names, args, strict=False), *kwargs.items()]:
        if value is None:
            continue
        if name == filled:
            raise TaError(f"{meta['id']}: {name} is what stands before .ta; leave it out")
        if name in given:
            raise TaError(f"{meta['id']}: {name} is given twice")
        given[name] = value
    return given


def _input(meta: dict[str, Any], slot: dict[str, Any], inputs: dict[str, Any]) -> pl.Expr:
    """The expression for an input: what is given, else the usual column."""
    name = slot["name"]
    value = inputs.get(name, slot.get("default"))
    if value is None:
        raise TaError(f"{meta['id']} needs {name}: a column name, an expression, a Series or a number")
    if isinstance(value, pl.Expr):
        return value
    if isinstance(value, str):
        return pl.col(value)
    if isinstance(value, (pl.Series, int, float)):
        return pl.lit(value)
    allowed = "a column name, an expression, a Series or a number"
    raise TaError(f"{meta['id']}: {name} must be {allowed}, got {describe(value)}")


def _with_length(inputs: list[pl.Expr]) -> list[pl.Expr]:
    """The inputs, and the number of rows unless one is sure to have it: all may be constants."""
    if any(_is_column(expr) for expr in inputs):
        return inputs
    return [*inputs, pl.int_range(pl.len())]


def _is_column(expr: pl.Expr) -> bool:
    """Whether an expression is just a column."""
    names = expr.meta.root_names()
    return len(names) == 1 and expr.meta.undo_aliases().meta.eq(pl.col(names[0]))


def visible(value: Any) -> str | int | float | bool:
    """A parameter for JSON. What no parameter can be becomes its description."""
    if isinstance(value, (str, bool)):
        return value
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real) and math.isfinite(value):
        return float(value)
    return describe(value)


def describe(value: Any) -> str:
    if isinstance(value, (int, float, bool)):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value)
    return f"an object of type {type(value).__name__}"
