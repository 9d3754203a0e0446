"""The whole part, towards zero."""

from math import ceil, floor

SOURCE = "formula: floor(x) if x >= 0, else ceil(x)"
INPUTS = {"series": "periods"}
CASES = {"default": {}}


def expected(columns, params):
    return [[floor(x) if x >= 0 else ceil(x) for x in columns["periods"]]]
