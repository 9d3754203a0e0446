"""The positive part of each value: laakhay's definition."""

SOURCE = "formula: max(x, 0)"
INPUTS = {"series": "unit"}
CASES = {"default": {}}


def expected(columns, params):
    return [[max(x, 0.0) for x in columns["unit"]]]
