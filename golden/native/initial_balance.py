"""High and low of the first bars of each month, on the last of them and later."""

from itertools import groupby

SOURCE = "formula: high and low of a session's first bars, and multiples of their range"
INPUTS = {"high": "high", "low": "low", "session": "session"}
CASES = {
    "default": {"bars": 2, "extension": 1.0},
    "first": {"bars": 1, "extension": 0.5},
    "week": {"bars": 5, "extension": 2.0},
}


def expected(columns, params):
    high, low, n, out = columns["high"], columns["low"], params["bars"], []
    for _, group in groupby(range(len(high)), lambda row: columns["session"][row]):
        month = list(group)
        for place in range(len(month)):
            if place + 1 < n:
                out.append([None] * 4)
                continue
            top, bottom = max(high[row] for row in month[:n]), min(low[row] for row in month[:n])
            reach = params["extension"] * (top - bottom)
            out.append([top, bottom, top + reach, bottom - reach])
    return [list(column) for column in zip(*out)]
