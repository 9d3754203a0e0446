"""Ehlers' detrended price: two exponential averages, the second with half the smoothing factor."""

SOURCE = "formula: Ehlers, MESA and Trading Market Cycles, pp. 64-70"
INPUTS = {"series": "close"}
CASES = {"default": {"period": 14}, "short": {"period": 5}, "shortest": {"period": 1}}


def average(values, n, alpha):
    """An exponential average that starts as the mean of its first n values."""
    out = [None] * (n - 1) + [sum(values[:n]) / n]
    for value in values[n:]:
        out.append(alpha * value + (1 - alpha) * out[-1])
    return out


def expected(columns, params):
    close, n = columns["close"], params["period"]
    alpha = 2 / (n + 1)
    fast, slow = average(close, n, alpha), average(close, 2 * n + 1, alpha / 2)
    return [[None if b is None else a - b for a, b in zip(fast, slow)]]
