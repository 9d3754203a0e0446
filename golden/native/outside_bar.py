"""Bars around the bar before."""

from inside_bar import within

SOURCE = "formula: high > high[1] and low < low[1]"
INPUTS = {"high": "high", "low": "low"}
INPUT = "patterns"
CASES = {"default": {"allow_equal_extremes": False}, "ties": {"allow_equal_extremes": True}}


def expected(columns, params):
    bars = list(zip(columns["high"], columns["low"]))
    return [[None] + [within(before, bar, params) for before, bar in zip(bars, bars[1:])]]
