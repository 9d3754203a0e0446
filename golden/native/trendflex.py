"""Ehlers' Trendflex as in his EasyLanguage, except that the smoother starts on the first price."""

from math import cos, exp, pi, sqrt

SOURCE = "formula: Ehlers, Stocks & Commodities, February 2020"
INPUTS = {"series": "close"}
CASES = {"default": {"period": 20}, "odd": {"period": 33}, "shortest": {"period": 1}}


def smoothed(close, length):
    a1 = exp(-sqrt(2) * pi / length)
    b1 = 2 * a1 * cos(sqrt(2) * pi / length)
    c2, c3 = b1, -a1 * a1
    c1 = 1 - c2 - c3
    # Two rows of the first price stand for all that came before.
    price = [close[0]] * 2 + close
    filt = price[:2]
    for i in range(2, len(price)):
        filt.append(c1 * (price[i] + price[i - 1]) / 2 + c2 * filt[i - 1] + c3 * filt[i - 2])
    return filt[2:]


def expected(columns, params):
    close, length = columns["close"], params["period"]
    filt = smoothed(close, 0.5 * length)
    out, ms = [None] * length, 0.0
    for i in range(length, len(close)):
        total = 0.0
        for count in range(1, length + 1):
            total += filt[i] - filt[i - count]
        total /= length
        ms = 0.04 * total * total + 0.96 * ms
        out.append(total / sqrt(ms) if ms != 0 else 0.0)
    return [out]
