"""Hurst exponent: the slope of the logarithm of deviations of moves on that of their lag."""

from math import fsum, log
from statistics import pstdev

SOURCE = "formula: E. Chan, Algorithmic Trading (2013), ch. 2"
INPUTS = {"series": "close"}
CASES = {
    "default": {"period": 100, "max_lag": 20},
    "short": {"period": 40, "max_lag": 10},
    "shortest": {"period": 10, "max_lag": 3},
}


def expected(columns, params):
    logs, n = [log(x) for x in columns["close"]], params["period"]
    out = [None] * len(logs)
    for i in range(n - 1, len(logs)):
        window = logs[i - n + 1 : i + 1]
        points = []
        for lag in range(2, params["max_lag"] + 1):
            deviation = pstdev([b - a for a, b in zip(window, window[lag:])])
            points.append((log(lag), log(deviation)) if deviation > 0 else None)
        out[i] = None if None in points else slope(points)
    return [out]


def slope(points):
    mx = fsum(x for x, _ in points) / len(points)
    my = fsum(y for _, y in points) / len(points)
    return fsum((x - mx) * (y - my) for x, y in points) / fsum((x - mx) ** 2 for x, _ in points)
