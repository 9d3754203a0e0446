"""Parkinson's volatility, each window averaged afresh."""

from math import fsum, log, sqrt

SOURCE = "formula: Parkinson 1980"
INPUTS = {"high": "high", "low": "low"}
CASES = {
    "default": {"period": 20, "bars_per_year": 252.0},
    "shortest": {"period": 1, "bars_per_year": 52.0},
    "long": {"period": 63, "bars_per_year": 365.0},
}


def expected(columns, params):
    high, low, n = columns["high"], columns["low"], params["period"]
    out = [None] * (n - 1)
    for i in range(n - 1, len(high)):
        mean = fsum(log(high[j] / low[j]) ** 2 for j in range(i - n + 1, i + 1)) / n
        out.append(100 * sqrt(mean / (4 * log(2))) * sqrt(params["bars_per_year"]))
    return [out]
