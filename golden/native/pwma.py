"""Pascal's weighted moving average: binomial weights."""

from math import comb, fsum

from generator.series import rolling

SOURCE = "formula: K. Johnson, weights C(period - 1, k) / 2^(period - 1)"
INPUTS = {"series": "close"}
CASES = {"default": {"period": 10}, "shortest": {"period": 1}, "two": {"period": 2}, "odd": {"period": 21}}


def expected(columns, params):
    n = params["period"] - 1
    mean = lambda window: fsum(comb(n, k) * v for k, v in enumerate(window)) / 2**n  # noqa: E731
    return [rolling(columns["close"], params["period"], mean)]
