"""TA-Lib's names for our indicators, parameters and inputs, from the catalog."""

import json
from pathlib import Path

_path = Path(__file__).parents[4] / "golden" / "indicator_catalog_v2.json"
_entries = {entry["id"]: entry for entry in json.loads(_path.read_text())["indicators"]}


def reference(indicator):
    """The function, its parameters under TA-Lib's lower-case names, and the columns that it reads, in order."""
    entry = _entries[indicator["id"]]
    given = indicator.get("params", {})
    params = {
        name.removeprefix("optIn").lower(): _number(param, given.get(param["name"], param["default"]))
        for name, param in zip(entry["reference"].get("params", []), entry["params"])
    }
    inputs = indicator.get("inputs", {})
    slots = entry["semantics"]["input_slots"]
    return entry["reference"]["function"], params, [inputs.get(slot["name"], slot.get("default")) for slot in slots]


def _number(param, value):
    """The value of a parameter. TA-Lib numbers the types of moving averages."""
    return param["enum_values"].index(value) if param["kind"] == "enum" else value
