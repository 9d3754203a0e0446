"""Exponential averages that start with the mean of their first window, as TA-Lib's do."""

from math import fsum


def ema(values, n):
    """The usual one; None where there is no value yet."""
    return seeded(values, n, 2 / (n + 1))


def wilder(values, n):
    """Wilder's."""
    return seeded(values, n, 1 / n)


def seeded(values, n, weight):
    first = next(i for i, value in enumerate(values) if value is not None)
    out = [None] * len(values)
    out[first + n - 1] = fsum(values[first : first + n]) / n
    for i in range(first + n, len(values)):
        out[i] = out[i - 1] + weight * (values[i] - out[i - 1])
    return out
