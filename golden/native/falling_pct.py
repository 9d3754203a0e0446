"""Lower than the row before by some percent: laakhay's definition."""

SOURCE = "formula: a[i] <= a[i-1] * (1 - pct/100)"
INPUTS = {"series": "close"}
CASES = {"default": {"pct": 5.0}, "little": {"pct": 0.75}, "not at all": {"pct": 0.0}}


def expected(columns, params):
    a, factor = columns["close"], 1 - params["pct"] / 100
    return [[None] + [a[i] <= a[i - 1] * factor for i in range(1, len(a))]]
