"""Makes polars expressions of what a text means. The arithmetic is that of polars."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import polars as pl

from polars_ta import _library
from polars_ta._calls import plugin

Meaning = dict[str, Any]

_OPERATORS: dict[str, Callable[[pl.Expr, pl.Expr], pl.Expr]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "%": operator.mod,
    "**": lambda base, exponent: base.cast(pl.Float64).pow(exponent),
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
    "and": operator.and_,
    "or": operator.or_,
}

_CONDITIONS = {"<", "<=", ">", ">=", "==", "!=", "and", "or", "not"}


def expression(meaning: Meaning, inputs: dict[str, Meaning], usual: dict[str, str]) -> pl.Expr:
    """The expression of a meaning.

    ``inputs`` are the expressions that words stand for, ``usual`` the frame's names for the columns
    that indicators read by default.
    """

    def build(part: Meaning) -> pl.Expr:
        kind = part["kind"]
        if kind == "constant":
            return _constant(part["value"])
        if kind == "column":
            name = part["name"]
            return pl.col(usual.get(name, name) if part.get("usual") else name)
        if kind == "input":
            return build(inputs[part["name"]])
        if kind == "call":
            return call(part)
        if kind == "field":
            return build(part["of"]).struct.field(part["name"])
        if kind == "unary":
            of = build(part["of"])
            return ~of if part["op"] == "not" else of * _constant(-1.0)
        if kind == "if":
            when = build(part["when"])
            value, otherwise = (_typed(build(part[name]), part) for name in ("value", "otherwise"))
            # Polars takes the second value where the condition is null.
            chosen = pl.when(when).then(value).otherwise(otherwise)
            return pl.when(when.is_null()).then(None).otherwise(chosen)
        if kind == "fill":
            return _typed(build(part["of"]), part).fill_null(_typed(build(part["with"]), part))
        return _OPERATORS[part["op"]](build(part["left"]), build(part["right"]))

    def call(part: Meaning) -> pl.Expr:
        request = part["checked"]
        slots = _library.entries()[request["id"]]["semantics"]["input_slots"]
        # An indicator reads a condition as 0 and 1.
        exprs = [
            build(each).cast(pl.Float64)
            if slot["kind"] == "number" and _is_condition(each, inputs)
            else build(each)
            for slot, each in zip(slots, part["inputs"], strict=True)
        ]
        # Look-ahead was checked with the whole text.
        return plugin(request, part.get("missing"), True, exprs)

    return build(meaning)


def _typed(value: pl.Expr, choice: Meaning) -> pl.Expr:
    """A value of a choice; a column of whole numbers becomes Float64."""
    return value.cast(pl.Float64 if choice["values"] == "number" else pl.Boolean)


def _constant(value: float | bool | str) -> pl.Expr:
    if isinstance(value, (bool, str)):
        return pl.lit(value)
    # With a type, so that a column of whole numbers or of Float32 becomes Float64, as in Node.
    return pl.lit(float(value), dtype=pl.Float64)


def _is_condition(part: Meaning, inputs: dict[str, Meaning]) -> bool:
    """Whether an expression is known to have conditions."""
    part = _plain(part, inputs)
    kind = part["kind"]
    if kind == "constant":
        return isinstance(part["value"], bool)
    if kind in ("unary", "binary"):
        return part["op"] in _CONDITIONS
    if kind in ("if", "fill"):
        return part["values"] == "condition"
    if kind == "call":
        return part["checked"]["outputs"][0]["dtype"] == "Boolean"
    if kind == "field":
        of = _plain(part["of"], inputs)
        outputs = of["checked"]["outputs"] if of["kind"] == "call" else []
        return any(o["name"] == part["name"] and o["dtype"] == "Boolean" for o in outputs)
    return False


def _plain(part: Meaning, inputs: dict[str, Meaning]) -> Meaning:
    """The expression itself, if the part is a word that stands for one."""
    return _plain(inputs[part["name"]], inputs) if part["kind"] == "input" else part
