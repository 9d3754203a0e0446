"""Rows since the lowest value of a window, the most recent of equal ones."""

from generator.series import rolling

SOURCE = "formula: rows since the lowest value, the most recent of ties"
INPUTS = {"series": "low"}
INPUT = "degenerate"  # has equal values
CASES = {"default": {"period": 20}, "long": {"period": 60}, "shortest": {"period": 1}}


def expected(columns, params):
    return [rolling(columns["low"], params["period"], ago)]


def ago(window):
    return window[::-1].index(min(window))
