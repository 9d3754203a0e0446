"""Widner's bands: each high and low of the window moved to its end along the slope of its line."""

from statistics import linear_regression

SOURCE = "formula: M. Widner, Stocks & Commodities 13:7 (1995)"
INPUTS = {"high": "high", "low": "low"}
CASES = {"default": {"period": 14}, "long": {"period": 40}, "shortest": {"period": 2}}


def expected(columns, params):
    n = params["period"]

    def band(values, best):
        out = [None] * (n - 1)
        for row in range(n - 1, len(values)):
            slope = linear_regression(range(n), values[row - n + 1 : row + 1]).slope
            out.append(best(values[row - i] + i * slope for i in range(n)))
        return out

    return [band(columns["high"], max), band(columns["low"], min)]
