"""Difference of two volume-weighted means, each window summed afresh, and its EMA, seeded as TA-Lib's."""

from math import fsum

from _seeded import ema

SOURCE = "formula: Dormeier (2011), VWMA(fast) - VWMA(slow)"
INPUTS = {"series": "close", "volume": "volume"}
CASES = {
    "default": {"fast_period": 12, "slow_period": 26, "signal_period": 9},
    "short": {"fast_period": 2, "slow_period": 5, "signal_period": 3},
    "reverse": {"fast_period": 10, "slow_period": 1, "signal_period": 1},
}


def expected(columns, params):
    close, volume = columns["close"], columns["volume"]

    def vwma(i, n):
        window = range(i - n + 1, i + 1)
        return fsum(close[j] * volume[j] for j in window) / fsum(volume[j] for j in window)

    fast, slow = params["fast_period"], params["slow_period"]
    first = max(fast, slow) - 1
    macd = [None] * first + [vwma(i, fast) - vwma(i, slow) for i in range(first, len(close))]
    signal = ema(macd, params["signal_period"])
    macd = [m if s is not None else None for m, s in zip(macd, signal)]
    return [macd, signal, [m - s if s is not None else None for m, s in zip(macd, signal)]]
