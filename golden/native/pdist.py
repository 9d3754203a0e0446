"""Price distance: the gap, twice the range, less the body."""

SOURCE = "formula: ProRealCode, 2 * (h - l) - |c - o| + |o - c[1]|"
INPUTS = {"open": "open", "high": "high", "low": "low", "close": "close"}
CASES = {"default": {}}


def expected(columns, params):
    bars = list(zip(*(columns[name] for name in ("open", "high", "low", "close"))))
    return [[None] + [2 * (h - l) - abs(c - o) + abs(o - last[3]) for last, (o, h, l, c) in zip(bars, bars[1:])]]
