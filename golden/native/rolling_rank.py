"""Rank of a value in its window as a share; equal values share the mean of their ranks."""

from generator.series import rolling

SOURCE = "formula: pandas rolling(period).rank(pct=True)"
INPUTS = {"series": "close"}
INPUT = "degenerate"  # has equal values
CASES = {"default": {"period": 20}, "long": {"period": 60}, "shortest": {"period": 1}}


def expected(columns, params):
    return [rolling(columns["close"], params["period"], rank)]


def rank(window):
    ordered = sorted(window)
    places = [i + 1 for i, x in enumerate(ordered) if x == window[-1]]
    return sum(places) / len(places) / len(window)
