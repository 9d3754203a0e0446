"""Carter's rule: the mean close of the last bars, and the half of their range that it is in."""

SOURCE = "formula: J. Carter, Mastering the Trade (2005)"
INPUTS = {"high": "high", "low": "low", "close": "close"}
CASES = {"default": {"period": 6}, "long": {"period": 20}, "shortest": {"period": 1}}


def expected(columns, params):
    high, low, close, n = columns["high"], columns["low"], columns["close"], params["period"]
    rows = [(None, None, None)] * (n - 1)
    for i in range(n - 1, len(close)):
        bars = slice(i - n + 1, i + 1)
        mean, middle = sum(close[bars]) / n, (max(high[bars]) + min(low[bars])) / 2
        rows.append((mean, middle, 1 if mean > middle else -1 if mean < middle else 0))
    return [list(column) for column in zip(*rows)]
