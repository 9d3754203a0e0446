"""Median absolute deviation from the median."""

from statistics import median

from generator.series import rolling

SOURCE = "formula: Hampel 1974"
INPUTS = {"series": "close"}
CASES = {"default": {"period": 30}, "odd": {"period": 7}, "shortest": {"period": 1}}


def expected(columns, params):
    return [rolling(columns["close"], params["period"], deviation)]


def deviation(window):
    middle = median(window)
    return median(abs(x - middle) for x in window)
