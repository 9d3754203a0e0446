"""Ehlers' Voss predictor: a band-pass filter, and the sum that advances it."""

from math import cos, pi, sqrt

SOURCE = "formula: Ehlers, A Peek Into the Future, Stocks & Commodities, August 2019"
INPUTS = {"series": "close"}
CASES = {
    "default": {"period": 20, "predict": 3, "bandwidth": 0.25},
    "narrow": {"period": 40, "predict": 2, "bandwidth": 0.1},
    "shortest": {"period": 5, "predict": 1, "bandwidth": 0.5},
}


def expected(columns, params):
    price, order = columns["close"], 3 * params["predict"]
    f1 = cos(2 * pi / params["period"])
    g1 = cos(params["bandwidth"] * 2 * pi / params["period"])
    s1 = 1 / g1 - sqrt(1 / (g1 * g1) - 1)
    filt, voss = [], []
    for i in range(len(price)):
        if i < 5:
            filt.append(0.0)
        else:
            filt.append(
                0.5 * (1 - s1) * (price[i] - price[i - 2])
                + f1 * (1 + s1) * filt[i - 1]
                - s1 * filt[i - 2]
            )
        total = 0.0
        for count in range(order):
            at = i - (order - count)
            total += (count + 1) / order * (voss[at] if at >= 0 else 0.0)
        voss.append((3 + order) / 2 * filt[i] - total)
    return [[None] * 5 + voss[5:], [None] * 5 + filt[5:]]
