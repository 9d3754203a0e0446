"""Crabel's NR7 and its like: a range below the smallest of those before it in the window."""

SOURCE = "formula: Crabel (1990), the narrowest range of n bars"
INPUTS = {"high": "high", "low": "low"}
INPUT = "patterns"
CASES = {"default": {"period": 7}, "nr4": {"period": 4}, "shortest": {"period": 2}}


def expected(columns, params):
    n = params["period"]
    ranges = [h - l for h, l in zip(columns["high"], columns["low"])]
    return [[None] * (n - 1) + [ranges[i] < min(ranges[i - n + 1 : i]) for i in range(n - 1, len(ranges))]]
