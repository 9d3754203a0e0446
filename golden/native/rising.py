"""Higher than the row before. The first row, which pandas-ta fills with 0, has no row before."""

SOURCE = "formula: a[i] > a[i-1]"
INPUTS = {"series": "close"}
INPUT = "patterns"  # has equal closes
CASES = {"default": {}}


def expected(columns, params):
    close = columns["close"]
    return [[None] + [now > before for before, now in zip(close, close[1:])]]
