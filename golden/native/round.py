"""The nearest whole number, halves up. Fractions, because x + 1/2 is not exact in floating point just below 1/2."""

from fractions import Fraction
from math import floor

SOURCE = "formula: floor(x + 1/2)"
INPUTS = {"series": "unit"}
INPUT = "degenerate"  # has halves of both signs
CASES = {"default": {}}


def expected(columns, params):
    return [[floor(Fraction(x) + Fraction(1, 2)) for x in columns["unit"]]]
