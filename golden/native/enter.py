"""Within a channel after having been outside of it: laakhay's definition."""

SOURCE = "formula: in_channel[i] and out[i-1]"
INPUTS = {"series": "close", "upper": "open", "lower": "other"}
INPUT = "degenerate"  # has values on the bounds
CASES = {"default": {}}


def expected(columns, params):
    rows = list(zip(columns["close"], columns["open"], columns["other"]))
    inside = [lower <= x <= upper for x, upper, lower in rows]
    outside = [x > upper or x < lower for x, upper, lower in rows]
    return [[None] + [inside[i] and outside[i - 1] for i in range(1, len(rows))]]
