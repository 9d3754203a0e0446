"""A series within two limits."""

SOURCE = "formula: min(max(x, low), high)"
INPUTS = {"series": "close"}
CASES = {"default": {"low": -1.0, "high": 1.0}, "inside": {"low": 30.0, "high": 35.0}}


def expected(columns, params):
    return [[min(max(x, params["low"]), params["high"]) for x in columns["close"]]]
