"""A value less the end of the least-squares line through its window."""

from math import fsum

from generator.series import rolling

SOURCE = "formula: least squares"
INPUTS = {"series": "close"}
CASES = {"default": {"period": 14}, "long": {"period": 60}, "short": {"period": 3}}


def expected(columns, params):
    return [rolling(columns["close"], params["period"], rest)]


def rest(window):
    n = len(window)
    mean_time, mean = (n - 1) / 2, fsum(window) / n
    slope = fsum((t - mean_time) * (x - mean) for t, x in enumerate(window))
    slope /= fsum((t - mean_time) ** 2 for t in range(n))
    return window[-1] - (mean + slope * (n - 1 - mean_time))
