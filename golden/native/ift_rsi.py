"""Ehlers' code for the RSI: v1 = 0.1 (RSI - 50), a weighted average of it, and the transform."""

from math import exp

from generator.series import combine, rolling, rsi

SOURCE = "formula: J. Ehlers, The Inverse Fisher Transform (2004)"
INPUTS = {"series": "close"}
CASES = {
    "default": {"period": 5, "smooth_period": 9},
    "slow": {"period": 14, "smooth_period": 20},
    "shortest": {"period": 2, "smooth_period": 1},
}


def expected(columns, params):
    n = params["smooth_period"]
    v1 = combine(lambda x: 0.1 * (x - 50), rsi(columns["close"], params["period"]))
    v2 = rolling(v1, n, lambda window: sum((k + 1) * x for k, x in enumerate(window)) / (n * (n + 1) / 2))
    return [combine(lambda x: (exp(2 * x) - 1) / (exp(2 * x) + 1), v2)]
