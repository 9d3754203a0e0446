"""Radians as degrees: a turn is 2 pi of the one and 360 of the other."""

from math import pi

SOURCE = "formula: x * 180 / pi"
INPUTS = {"series": "periods"}
CASES = {"default": {}}


def expected(columns, params):
    return [[360 * (x / (2 * pi)) for x in columns["periods"]]]
