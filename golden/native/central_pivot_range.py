"""Ochoa's three levels of each month from the month before, the upper one called the top."""

from itertools import groupby

SOURCE = "formula: Ochoa (2010), pivot, (H + L) / 2 and its mirror image"
INPUTS = {"high": "high", "low": "low", "close": "close", "session": "session"}
CASES = {"default": {}}


def expected(columns, params):
    out, levels = [], [None] * 3
    for _, group in groupby(range(len(columns["close"])), lambda row: columns["session"][row]):
        month = list(group)
        out += [levels] * len(month)
        h, l = max(columns["high"][row] for row in month), min(columns["low"][row] for row in month)
        pivot = (h + l + columns["close"][month[-1]]) / 3
        bc = (h + l) / 2
        tc = (pivot - bc) + pivot
        levels = [pivot, max(tc, bc), min(tc, bc)]
    return [list(column) for column in zip(*out)]
