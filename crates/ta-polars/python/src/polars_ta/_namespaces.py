"""The methods: one for each indicator of the catalog, made when the first is used."""

from __future__ import annotations

import inspect
from functools import cache
from typing import Any

import polars as pl

from polars_ta import _library
from polars_ta._calls import ALLOW, MISSING, expression, looks_ahead, positional
from polars_ta._errors import TaError


class _Indicators:
    """Has a method for each indicator."""

    _subject: pl.Expr | None = None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name in _library.entries():
            _install()
            return getattr(self, name)
        raise AttributeError(_unknown(name))

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *_library.entries()})


def _unknown(name: str) -> str:
    """The sentence about a name that is no indicator."""
    try:
        found = _library.resolve({"id": name, "params": {}, "also": []})
    except TaError as error:
        return str(error)
    return f"{name!r} is another name of {found['id']!r}: call it by that one"


@cache
def _install() -> None:
    """Adds the methods."""
    for cls, filled in ((Ta, False), (ExprTa, True)):
        for meta in _library.entries().values():
            if not hasattr(cls, meta["id"]):
                setattr(cls, meta["id"], _method(cls, meta, filled))


def _method(cls: type, meta: dict[str, Any], filled: bool) -> Any:
    def method(self: _Indicators, /, *args: Any, **kwargs: Any) -> pl.Expr:
        return expression(meta, self._subject, args, kwargs)

    method.__name__ = meta["id"]
    method.__qualname__ = f"{cls.__qualname__}.{meta['id']}"
    method.__module__ = cls.__module__
    method.__doc__ = _documentation(meta)
    method.__signature__ = _signature(meta, filled)  # type: ignore[attr-defined]
    return method


def _signature(meta: dict[str, Any], filled: bool) -> inspect.Signature:
    primary = meta["semantics"]["primary_input"] if filled else None
    by_position = positional(meta, primary)
    defaults = {param["name"]: param["default"] for param in meta["params"]}
    kinds = inspect.Parameter
    parameters = [kinds("self", kinds.POSITIONAL_ONLY)]
    for name in by_position:
        default = defaults.get(name, inspect.Parameter.empty)
        parameters.append(kinds(name, kinds.POSITIONAL_OR_KEYWORD, default=default))
    slots = [slot["name"] for slot in meta["semantics"]["input_slots"]]
    named = [n for n in slots if n not in by_position and n != primary]
    named += [MISSING, *([ALLOW] if looks_ahead(meta) else [])]
    parameters += [kinds(name, kinds.KEYWORD_ONLY, default=None) for name in named]
    return inspect.Signature(parameters, return_annotation=pl.Expr)


def _documentation(meta: dict[str, Any]) -> str:
    """What ``help`` shows: the facts of the catalog."""
    lines = [f"{meta['display_name']}. {meta['description']}"]
    for title, entries in (("Parameters", meta["params"]), ("Outputs", meta["outputs"])):
        if entries:
            lines += ["", f"{title}:"]
            lines += [f"- {entry['name']}: {entry['description']}" for entry in entries]
    return "\n".join(lines)


class Ta(_Indicators):
    """The indicators over usual columns: ``ta.atr(14)`` reads ``high``, ``low`` and ``close``.

    ``ta(expression)`` is ``expression.ta``, for type checkers, which do not know namespaces.
    """

    def __call__(self, expr: pl.Expr | str) -> ExprTa:
        """The indicators of an expression, or of a column by name."""
        return ExprTa(pl.col(expr) if isinstance(expr, str) else expr)

    def catalog(self) -> list[dict[str, Any]]:
        """All indicators, as the contract of the catalog describes them."""
        return list(_library.entries().values())

    def find(self, name: str) -> dict[str, Any] | None:
        """The catalog's entry for an id or another name of an indicator."""
        by_alias = (m for m in _library.entries().values() if name in m["aliases"])
        return _library.entries().get(name) or next(by_alias, None)


@pl.api.register_expr_namespace("ta")
class ExprTa(_Indicators):
    """The indicators of an expression: ``pl.col("close").ta.rsi(14)``."""

    def __init__(self, expr: pl.Expr) -> None:
        self._subject = expr


#: The indicators over usual columns.
ta = Ta()
