"""Realized volatility: the root of the summed squared log returns, in percent a year."""

from math import fsum, log, sqrt

SOURCE = "formula: Andersen and Bollerslev 1998"
INPUTS = {"series": "close"}
CASES = {
    "default": {"period": 20, "bars_per_year": 252.0},
    "shortest": {"period": 1, "bars_per_year": 52.0},
    "long": {"period": 63, "bars_per_year": 365.0},
}


def expected(columns, params):
    close, n = columns["close"], params["period"]
    squares = [None] + [log(close[i] / close[i - 1]) ** 2 for i in range(1, len(close))]
    out = [None] * n
    for i in range(n, len(close)):
        total = fsum(squares[i - n + 1 : i + 1])
        out.append(100 * sqrt(total) * sqrt(params["bars_per_year"] / n))
    return [out]
