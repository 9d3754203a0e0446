"""Each change times its volume, summed afresh for each window; the signal is the mean of the last sums."""

from math import fsum

SOURCE = "formula: sum(volume * (close - close[1])), and its mean"
INPUTS = {"close": "close", "volume": "volume"}
CASES = {
    "default": {"period": 18, "signal_period": 10},
    "short": {"period": 3, "signal_period": 2},
    "single": {"period": 1, "signal_period": 1},
}


def expected(columns, params):
    close, volume = columns["close"], columns["volume"]
    n, m = params["period"], params["signal_period"]
    total, signal = [None] * len(close), [None] * len(close)

    def flow(i):
        return fsum(volume[j] * (close[j] - close[j - 1]) for j in range(i - n + 1, i + 1))

    for i in range(n + m - 1, len(close)):
        total[i] = flow(i)
        signal[i] = fsum(flow(j) for j in range(i - m + 1, i + 1)) / m
    return [total, signal]
