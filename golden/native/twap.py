"""Mean of the bars' average prices, each window afresh."""

from statistics import fmean

SOURCE = "formula: mean((open + high + low + close) / 4)"
INPUTS = {"open": "open", "high": "high", "low": "low", "close": "close"}
CASES = {"default": {"period": 20}, "single": {"period": 1}, "long": {"period": 250}}


def expected(columns, params):
    n = params["period"]
    average = [fmean(bar) for bar in zip(*(columns[name] for name in INPUTS))]
    return [[None] * (n - 1) + [fmean(average[i - n + 1 : i + 1]) for i in range(n - 1, len(average))]]
