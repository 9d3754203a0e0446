"""The negative part of each value: laakhay's definition."""

SOURCE = "formula: min(x, 0)"
INPUTS = {"series": "unit"}
CASES = {"default": {}}


def expected(columns, params):
    return [[min(x, 0.0) for x in columns["unit"]]]
