"""Bars within the bar before."""

SOURCE = "formula: high < high[1] and low > low[1]"
INPUTS = {"high": "high", "low": "low"}
INPUT = "patterns"
CASES = {"default": {"allow_equal_extremes": False}, "ties": {"allow_equal_extremes": True}}


def expected(columns, params):
    bars = list(zip(columns["high"], columns["low"]))
    return [[None] + [within(bar, before, params) for before, bar in zip(bars, bars[1:])]]


def within(inner, outer, params):
    if params["allow_equal_extremes"]:
        return inner[0] <= outer[0] and inner[1] >= outer[1]
    return inner[0] < outer[0] and inner[1] > outer[1]
