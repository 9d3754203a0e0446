"""The size of each value."""

SOURCE = "formula: |x|"
INPUTS = {"series": "unit"}
CASES = {"default": {}}


def expected(columns, params):
    return [[x if x >= 0 else -x for x in columns["unit"]]]
