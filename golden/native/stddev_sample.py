"""The deviation of a window that divides by one less than its length."""

from math import fsum, sqrt

from generator.series import rolling

SOURCE = "formula: sqrt(sum((x - mean)^2) / (n - 1))"
INPUTS = {"series": "close"}
CASES = {"default": {"period": 5}, "long": {"period": 60}, "shortest": {"period": 2}}


def expected(columns, params):
    return [rolling(columns["close"], params["period"], deviation)]


def deviation(window):
    mean = fsum(window) / len(window)
    return sqrt(fsum((x - mean) ** 2 for x in window) / (len(window) - 1))
