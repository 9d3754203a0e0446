"""Above the upper or below the lower bound: laakhay's definition."""

SOURCE = "formula: a[i] > upper[i] or a[i] < lower[i]"
INPUTS = {"series": "close", "upper": "open", "lower": "other"}
INPUT = "degenerate"  # has values on the bounds
CASES = {"default": {}}


def expected(columns, params):
    rows = list(zip(columns["close"], columns["open"], columns["other"]))
    return [[x > upper or x < lower for x, upper, lower in rows]]
