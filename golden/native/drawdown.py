"""How far a series is below its peak: amount, fraction and logarithm."""

from math import log

SOURCE = "formula: peak = max(a[0..=i]): peak - a[i], 1 - a[i] / peak, ln(peak / a[i])"
INPUTS = {"series": "close"}
CASES = {"default": {}}


def expected(columns, params):
    close = columns["close"]
    peaks = [max(close[: i + 1]) for i in range(len(close))]
    rows = list(zip(close, peaks))
    return [[p - v for v, p in rows], [1 - v / p for v, p in rows], [log(p / v) for v, p in rows]]
