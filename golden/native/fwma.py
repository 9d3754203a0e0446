"""Fibonacci weighted moving average: weights 1, 1, 2, 3, 5 and so on, the largest on the newest bar."""

from math import fsum

from generator.series import rolling

SOURCE = "formula: K. Johnson, sum of F(k) * x(k) / sum of F(k), k = 1..=period"
INPUTS = {"series": "close"}
CASES = {"default": {"period": 10}, "shortest": {"period": 1}, "two": {"period": 2}, "odd": {"period": 25}}


def expected(columns, params):
    weights = [1, 1]
    while len(weights) < params["period"]:
        weights.append(weights[-2] + weights[-1])
    weights = weights[: params["period"]]
    mean = lambda window: fsum(w * v for w, v in zip(weights, window)) / sum(weights)  # noqa: E731
    return [rolling(columns["close"], params["period"], mean)]
