"""The sign of the change, not of the value: laakhay's definition."""

SOURCE = "formula: laakhay, sgn(a[i] - a[i-1])"
INPUTS = {"series": "close"}
INPUT = "patterns"  # has equal closes
CASES = {"default": {}}


def expected(columns, params):
    a = columns["close"]
    signs = [1 if now > before else -1 if now < before else 0 for before, now in zip(a, a[1:])]
    return [[None] + signs]
