"""Rows since a condition was true, looked for backwards from each row."""

SOURCE = "formula: Pine Script, ta.barssince"
INPUTS = {"series": "unit"}
INPUT = "degenerate"  # has zeros, which are false
CASES = {"default": {}}


def expected(columns, params):
    values = columns["unit"]
    return [[since(values[: row + 1]) for row in range(len(values))]]


def since(values):
    return next((ago for ago, value in enumerate(reversed(values)) if value != 0), None)
