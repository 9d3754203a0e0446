"""One series falls below another: laakhay's definition, a[i] < b[i] and a[i-1] >= b[i-1]."""

SOURCE = "formula: a[i] < b[i] and a[i-1] >= b[i-1]"
INPUTS = {"series": "close", "other": "open"}
CASES = {"default": {}}


def expected(columns, params):
    a, b = columns["close"], columns["open"]
    return [[None] + [a[i] < b[i] and a[i - 1] >= b[i - 1] for i in range(1, len(a))]]
