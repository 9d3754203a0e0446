"""Guppy's twelve exponential averages; none is given before all have a value."""

from generator.series import ema, masked

SOURCE = "formula: D. Guppy, Trend Trading (2004)"
INPUTS = {"series": "close"}
CASES = {"default": {}}


def expected(columns, params):
    return masked(*(ema(columns["close"], n) for n in (3, 5, 8, 10, 12, 15, 30, 35, 40, 45, 50, 60)))
