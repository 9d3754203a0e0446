"""Ehlers' simple decycler, from the first value on."""

from math import cos, pi, sin

SOURCE = "formula: Ehlers, Decyclers, Stocks & Commodities, September 2015"
INPUTS = {"series": "close"}
CASES = {"default": {"period": 125}, "fast": {"period": 20}, "shortest": {"period": 5}}


def expected(columns, params):
    close, angle = columns["close"], 2 * pi / params["period"]
    alpha1 = (cos(angle) + sin(angle) - 1) / cos(angle)
    line = close[:1]
    for before, now in zip(close, close[1:]):
        line.append(alpha1 / 2 * (now + before) + (1 - alpha1) * line[-1])
    return [[None] + line[1:]]
