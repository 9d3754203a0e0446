"""Poulos' Random Walk Index: the largest move over n bars, in random walks of n bars."""

from math import sqrt

SOURCE = "formula: max over n of (high - low[n]) / (ATR(n)[1] * sqrt(n)), Poulos 1991"
INPUTS = {"high": "high", "low": "low", "close": "close"}
CASES = {
    "default": {"period": 14, "min_period": 2},
    "long": {"period": 64, "min_period": 8},
    "shortest": {"period": 1, "min_period": 1},
}


def expected(columns, params):
    high, low, close = columns["high"], columns["low"], columns["close"]
    ranges = [None] + [
        max(high[i] - low[i], abs(high[i] - close[i - 1]), abs(low[i] - close[i - 1])) for i in range(1, len(high))
    ]
    first = params["period"] + 1
    up, down = [None] * first, [None] * first
    for i in range(first, len(high)):
        ups, downs = [], []
        for n in range(params["min_period"], params["period"] + 1):
            average = sum(ranges[i - n : i]) / n
            if average > 0:
                ups.append((high[i] - low[i - n]) / (average * sqrt(n)))
                downs.append((high[i - n] - low[i]) / (average * sqrt(n)))
        up.append(max(ups, default=None))
        down.append(max(downs, default=None))
    return [up, down]
