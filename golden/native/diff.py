"""The change since the row before."""

SOURCE = "formula: a[i] - a[i-1]"
INPUTS = {"series": "close"}
CASES = {"default": {}}


def expected(columns, params):
    close = columns["close"]
    return [[None] + [now - before for before, now in zip(close, close[1:])]]
