"""Covariance of two series over a window."""

from math import fsum

SOURCE = "formula: sum((x - mean(x)) * (y - mean(y))) / (period - ddof)"
INPUTS = {"series0": "high", "series1": "volume"}
CASES = {
    "default": {"period": 30, "ddof": 1},
    "population": {"period": 10, "ddof": 0},
    "shortest": {"period": 2, "ddof": 1},
}


def expected(columns, params):
    xs, ys, n = columns["high"], columns["volume"], params["period"]
    out = [None] * len(xs)
    for i in range(n - 1, len(xs)):
        x, y = xs[i - n + 1 : i + 1], ys[i - n + 1 : i + 1]
        mx, my = fsum(x) / n, fsum(y) / n
        out[i] = fsum((a - mx) * (b - my) for a, b in zip(x, y)) / (n - params["ddof"])
    return [out]
