"""The native library: the catalog, the check of calls, and the path that polars loads."""

from __future__ import annotations

import ctypes
import json
from functools import cache
from pathlib import Path
from typing import Any

from polars_ta._errors import TaError


@cache
def path() -> Path:
    """The file of the library."""
    folder = Path(__file__).parent
    found = [
        file
        for file in folder.rglob("*")
        if file.suffix in (".so", ".dylib", ".dll", ".pyd")
    ]
    if len(found) != 1:
        reason = f"{folder} has {len(found)} native libraries, not one: install polars-ta again"
        raise ImportError(reason)
    return found[0]


@cache
def _library() -> ctypes.CDLL:
    library = ctypes.CDLL(str(path()))
    library.polars_ta_catalog.restype = ctypes.c_char_p
    library.polars_ta_catalog.argtypes = []
    library.polars_ta_resolve.restype = ctypes.c_char_p
    library.polars_ta_resolve.argtypes = [ctypes.c_char_p]
    library.polars_ta_language.restype = ctypes.c_char_p
    library.polars_ta_language.argtypes = [ctypes.c_char_p]
    return library


@cache
def document() -> dict[str, Any]:
    """The catalog as the library writes it: versions and indicators."""
    return json.loads(_library().polars_ta_catalog())


@cache
def entries() -> dict[str, dict[str, Any]]:
    """The indicators by their ids."""
    return {meta["id"]: meta for meta in document()["indicators"]}


def resolve(call: dict[str, Any]) -> dict[str, Any]:
    """The full request for a call; raises one sentence if the catalog refuses it."""
    answer = json.loads(_library().polars_ta_resolve(json.dumps(call).encode()))
    if "error" in answer:
        raise TaError(answer["error"])
    return answer["ok"]


def language(question: dict[str, Any]) -> Any:
    """What the library knows about a text or a configuration; raises the sentence of a refusal."""
    answer = json.loads(_library().polars_ta_language(json.dumps(question).encode()))
    if "error" in answer:
        raise TaError("".join(map(_words, answer["error"])))
    return answer["ok"]


def _words(piece: Any) -> str:
    """A piece of a sentence as a program shows it."""
    if isinstance(piece, str):
        return piece
    if "program" in piece:
        return piece["program"]
    if "value" not in piece:
        return piece["setting"]
    return f"{piece['setting']}: {json.dumps(piece['value'], ensure_ascii=False)}"
