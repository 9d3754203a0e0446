"""The sign of the value, by the size of it."""

SOURCE = "formula: value / |value|, 0 at 0"
INPUTS = {"series": "unit"}
CASES = {"default": {}}


def expected(columns, params):
    return [[0 if value == 0 else round(value / abs(value)) for value in columns["unit"]]]
