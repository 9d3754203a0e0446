"""The greater of two values, row by row."""

SOURCE = "formula: max(a[i], b[i])"
INPUTS = {"series": "close", "other": "open"}
CASES = {"default": {}}


def expected(columns, params):
    return [[max(a, b) for a, b in zip(columns["close"], columns["open"])]]
