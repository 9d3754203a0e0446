"""Sine weighted moving average: weights along half a sine wave."""

from math import fsum, pi, sin

from generator.series import rolling

SOURCE = "formula: Everget, TradingView, weights sin(k * pi / (period + 1)), k = 1..=period"
INPUTS = {"series": "close"}
CASES = {"default": {"period": 14}, "shortest": {"period": 1}, "two": {"period": 2}, "odd": {"period": 33}}


def expected(columns, params):
    n = params["period"]
    weights = [sin(k * pi / (n + 1)) for k in range(1, n + 1)]
    mean = lambda window: fsum(w * v for w, v in zip(weights, window)) / fsum(weights)  # noqa: E731
    return [rolling(columns["close"], n, mean)]
