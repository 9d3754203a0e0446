"""Fries' average with the sum of a window for the shares outstanding, from the price of its first full window on."""

from math import fsum

SOURCE = "formula: Fries (2001), ((N - volume) * average[1] + volume * price) / N"
INPUTS = {"series": "close", "volume": "volume"}
CASES = {"default": {"period": 20}, "short": {"period": 2}, "single": {"period": 1}}


def expected(columns, params):
    close, volume, n = columns["close"], columns["volume"], params["period"]
    out = [None] * (n - 1) + [close[n - 1]]
    for i in range(n, len(close)):
        shares = fsum(volume[i - n + 1 : i + 1])
        out.append(out[-1] * (shares - volume[i]) / shares + close[i] * volume[i] / shares if shares else out[-1])
    return [out]
