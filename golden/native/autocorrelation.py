"""Pearson correlation of a window with the window some rows before it."""

from math import fsum, sqrt

SOURCE = "formula: Pearson correlation of x and x[lag]"
INPUTS = {"series": "close"}
CASES = {
    "default": {"period": 30, "lag": 1},
    "lag_five": {"period": 12, "lag": 5},
    "shortest": {"period": 2, "lag": 3},
}


def expected(columns, params):
    close, n, lag = columns["close"], params["period"], params["lag"]
    out = [None] * len(close)
    for i in range(n + lag - 1, len(close)):
        now = close[i - n + 1 : i + 1]
        then = close[i - lag - n + 1 : i - lag + 1]
        out[i] = pearson(then, now)
    return [out]


def pearson(xs, ys):
    """None where one of the two does not move."""
    if min(xs) == max(xs) or min(ys) == max(ys):
        return None
    mx, my = fsum(xs) / len(xs), fsum(ys) / len(ys)
    product = fsum((x - mx) * (y - my) for x, y in zip(xs, ys))
    return product / sqrt(fsum((x - mx) ** 2 for x in xs)) / sqrt(fsum((y - my) ** 2 for y in ys))
