"""Vervoort's MetaStock formula: PREV is the last stop, and the first one is that of a long position."""

SOURCE = "formula: Vervoort, Stocks & Commodities 27:6 (2009)"
INPUTS = {"high": "high", "low": "low", "close": "close"}
CASES = {
    "default": {"period": 14, "multiplier": 3.0},
    "vervoort": {"period": 5, "multiplier": 3.5},
    "shortest": {"period": 1, "multiplier": 0.5},
    "on_the_close": {"period": 10, "multiplier": 0.0},
}


def expected(columns, params):
    high, low, c = columns["high"], columns["low"], columns["close"]
    n, rows = params["period"], len(c)
    ranges = [None] + [max(high[i], c[i - 1]) - min(low[i], c[i - 1]) for i in range(1, rows)]
    atr = [None] * n + [sum(ranges[1 : n + 1]) / n]
    for i in range(n + 1, rows):
        atr.append((atr[i - 1] * (n - 1) + ranges[i]) / n)
    prev, out = 0.0, [None] * n
    for i in range(n, rows):
        loss = params["multiplier"] * atr[i]
        if c[i] > prev and c[i - 1] > prev:
            prev = max(prev, c[i] - loss)
        elif c[i] < prev and c[i - 1] < prev:
            prev = min(prev, c[i] + loss)
        elif c[i] > prev:
            prev = c[i] - loss
        else:
            prev = c[i] + loss
        out.append(prev)
    return [out]
