"""Dorsey's Inertia: the end of a regression line through his Relative Volatility Index of 1995."""

from math import sqrt

SOURCE = "formula: Dorsey 1995, linreg of the mean of RVI(high) and RVI(low)"
INPUTS = {"high": "high", "low": "low"}
CASES = {
    "default": {"period": 20, "rvi_period": 14, "stddev_period": 10},
    "uneven": {"period": 7, "rvi_period": 5, "stddev_period": 21},
    "shortest": {"period": 2, "rvi_period": 1, "stddev_period": 2},
}


def deviation(window):
    mean = sum(window) / len(window)
    return sqrt(sum((v - mean) ** 2 for v in window) / len(window))


def wilder(values, first, n):
    """Wilder's average of the values from `first` on, seeded with their mean."""
    out = [None] * len(values)
    out[first + n - 1] = sum(values[first : first + n]) / n
    for i in range(first + n, len(values)):
        out[i] = (out[i - 1] * (n - 1) + values[i]) / n
    return out


def rvi(x, n, m):
    """From row m - 1 + n - 1 on."""
    up, down = [0.0] * len(x), [0.0] * len(x)
    for i in range(m - 1, len(x)):
        if x[i] > x[i - 1]:
            up[i] = deviation(x[i - m + 1 : i + 1])
        elif x[i] < x[i - 1]:
            down[i] = deviation(x[i - m + 1 : i + 1])
    ups, downs = wilder(up, m - 1, n), wilder(down, m - 1, n)
    shares = [None] * len(x)
    for i in range(m + n - 2, len(x)):
        total = ups[i] + downs[i]
        shares[i] = 100 * ups[i] / total if total > 0 else 50.0
    return shares


def line_end(y):
    n = len(y)
    mean_x, mean_y = (n - 1) / 2, sum(y) / n
    slope = sum((i - mean_x) * (v - mean_y) for i, v in enumerate(y)) / sum((i - mean_x) ** 2 for i in range(n))
    return mean_y + slope * (n - 1 - mean_x)


def expected(columns, params):
    p, n, m = params["period"], params["rvi_period"], params["stddev_period"]
    pairs = zip(rvi(columns["high"], n, m), rvi(columns["low"], n, m))
    index = [None if high is None else (high + low) / 2 for high, low in pairs]
    first = m + n - 2 + p - 1
    return [[None] * first + [line_end(index[i - p + 1 : i + 1]) for i in range(first, len(index))]]
