"""Adjusted Fisher-Pearson skewness of a window."""

from math import fsum, sqrt

from generator.series import rolling

SOURCE = "formula: Joanes and Gill 1998, G1"
INPUTS = {"series": "close"}
CASES = {"default": {"period": 30}, "even": {"period": 8}, "shortest": {"period": 3}}


def expected(columns, params):
    return [rolling(columns["close"], params["period"], skewness)]


def skewness(window):
    """g1 = m3 / m2^1.5, with the correction for a small sample; None where all values are equal."""
    n = len(window)
    if min(window) == max(window):
        return None
    mean = fsum(window) / n
    m2 = fsum((v - mean) ** 2 for v in window) / n
    m3 = fsum((v - mean) ** 3 for v in window) / n
    return sqrt(n * (n - 1)) / (n - 2) * m3 / m2**1.5
