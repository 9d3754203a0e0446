"""Within a channel, bounds included: laakhay's definition."""

SOURCE = "formula: lower[i] <= a[i] <= upper[i]"
INPUTS = {"series": "close", "upper": "open", "lower": "other"}
INPUT = "degenerate"  # has values on the bounds
CASES = {"default": {}}


def expected(columns, params):
    rows = list(zip(columns["close"], columns["open"], columns["other"]))
    return [[lower <= x <= upper for x, upper, lower in rows]]
