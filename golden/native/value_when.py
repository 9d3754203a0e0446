"""The value on the last row on which a condition was true, looked for backwards from each row."""

SOURCE = "formula: Pine Script, ta.valuewhen, occurrence 0"
INPUTS = {"series": "volume", "other": "close"}
INPUT = "degenerate"  # has zeros, which are false
CASES = {"default": {}}


def expected(columns, params):
    conditions, values = columns["volume"], columns["close"]
    return [[when(conditions, values, row) for row in range(len(values))]]


def when(conditions, values, row):
    return next((values[i] for i in range(row, -1, -1) if conditions[i] != 0), None)
