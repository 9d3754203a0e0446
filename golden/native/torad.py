"""Degrees as radians: a turn is 360 of the one and 2 pi of the other."""

from math import pi

SOURCE = "formula: x * pi / 180"
INPUTS = {"series": "periods"}
CASES = {"default": {}}


def expected(columns, params):
    return [[2 * pi * (x / 360) for x in columns["periods"]]]
