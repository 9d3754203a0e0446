"""Reads configurations from files and texts."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from polars_ta._errors import TaError


def load(source: str | Path) -> Any:
    """The content of a JSON or YAML file, or of the text of one."""
    if isinstance(source, str) and ("\n" in source or source.lstrip().startswith("{")):
        return _parsed("the text", source, is_json=source.lstrip().startswith("{"))
    path = Path(source)
    suffix = path.suffix.lower()
    if suffix not in (".json", ".yaml", ".yml"):
        raise TaError(f'pipeline: "{source}" is not the path of a .json, .yaml or .yml file')
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise TaError(f'pipeline: there is no file "{source}"') from None
    except (OSError, UnicodeDecodeError) as error:
        raise TaError(f'pipeline: "{source}" cannot be read: {error}') from None
    return _parsed(f'"{source}"', text, is_json=suffix == ".json")


def _parsed(what: str, text: str, is_json: bool) -> Any:
    try:
        if is_json:
            try:
                return json.loads(text)
            except json.JSONDecodeError:
                # YAML has braces too.
                if what != "the text":
                    raise
        return _yaml().load(text)
    except TaError:
        raise
    except Exception as error:
        reason = str(error).split("\n")[0]
        raise TaError(f"pipeline: {what} cannot be read: {reason}") from None


class _Yaml:
    """YAML 1.2, as Node reads it: only ``true`` and ``false`` are conditions, and nothing is a
    date."""

    def __init__(self, yaml: Any) -> None:
        class Loader(yaml.SafeLoader):
            yaml_implicit_resolvers: dict[str, Any] = {}

        for tag, pattern, first in (
            ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
            ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
            (
                "float",
                r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"
                r"|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
                "-+.0123456789",
            ),
            ("null", r"~|null|Null|NULL|", "~nN\0"),
            ("merge", r"<<", "<"),
        ):
            whole = re.compile(f"^(?:{pattern})$")
            letters = [*first.replace("\0", ""), *([""] if "\0" in first else [])]
            Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", whole, letters)
        Loader.add_constructor("tag:yaml.org,2002:int", _whole)
        Loader.add_constructor("tag:yaml.org,2002:float", _float)
        self._yaml, self._loader = yaml, Loader

    def load(self, text: str) -> Any:
        return self._yaml.load(text, Loader=self._loader)


def _whole(_loader: Any, node: Any) -> int:
    text = node.value
    return int(text, 0) if text.startswith(("0o", "0x")) else int(text)


def _float(_loader: Any, node: Any) -> float:
    text = node.value.lower()
    return float(text.replace(".inf", "inf").replace(".nan", "nan"))


@cache
def _yaml() -> _Yaml:
    try:
        import yaml
    except ImportError:
        reason = "pipeline: YAML needs the package PyYAML; install it, or give JSON"
        raise TaError(reason) from None
    return _Yaml(yaml)
