"""Rows since the highest value of a window, the most recent of equal ones."""

from generator.series import rolling

SOURCE = "formula: rows since the highest value, the most recent of ties"
INPUTS = {"series": "high"}
INPUT = "degenerate"  # has equal values
CASES = {"default": {"period": 20}, "long": {"period": 60}, "shortest": {"period": 1}}


def expected(columns, params):
    return [rolling(columns["high"], params["period"], ago)]


def ago(window):
    return window[::-1].index(max(window))
