"""The lesser of two values, row by row."""

SOURCE = "formula: min(a[i], b[i])"
INPUTS = {"series": "close", "other": "open"}
CASES = {"default": {}}


def expected(columns, params):
    return [[min(a, b) for a, b in zip(columns["close"], columns["open"])]]
