"""Ehlers' ultimate smoother; its first bars are the series itself, not values."""

from math import cos, exp, pi, sqrt

SOURCE = "formula: Ehlers, The Ultimate Smoother, Stocks & Commodities, April 2024"
INPUTS = {"series": "close"}
CASES = {"default": {"period": 20}, "slow": {"period": 100}, "shortest": {"period": 1}}


def expected(columns, params):
    price, period = columns["close"], params["period"]
    a1 = exp(-sqrt(2) * pi / period)
    c2 = 2 * a1 * cos(sqrt(2) * pi / period)
    c3 = -a1 * a1
    c1 = (1 + c2 - c3) / 4
    us = price[:3]
    for i in range(3, len(price)):
        us.append(
            (1 - c1) * price[i]
            + (2 * c1 - c2) * price[i - 1]
            - (c1 + c3) * price[i - 2]
            + c2 * us[i - 1]
            + c3 * us[i - 2]
        )
    return [[None] * 3 + us[3:]]
