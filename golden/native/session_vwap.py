"""Volume-weighted average price of each month, with bands."""

from math import fsum, sqrt

SOURCE = "formula: sum(v * p) / sum(v) and the population deviation around it, by session"
INPUTS = {"high": "high", "low": "low", "close": "close", "volume": "volume", "session": "session"}
CASES = {"default": {"multiplier": 1.0}, "wide": {"multiplier": 2.5}, "no_bands": {"multiplier": 0.0}}


def expected(columns, params):
    month, starts = columns["session"], []
    for row in range(len(month)):
        starts.append(starts[-1] if row and month[row] == month[row - 1] else row)
    return lines(columns, starts, params["multiplier"])


def lines(columns, starts, multiplier):
    """Mean and population deviation of the typical price, weighted by volume, summed afresh for each row."""
    typical = [(h + l + c) / 3 for h, l, c in zip(columns["high"], columns["low"], columns["close"])]
    volume = columns["volume"]
    out = []
    for row, start in enumerate(starts):
        if start is None:
            out.append([None] * 3)
            continue
        window = range(start, row + 1)
        total = fsum(volume[i] for i in window)
        mean = fsum(volume[i] * typical[i] for i in window) / total
        reach = multiplier * sqrt(fsum(volume[i] * (typical[i] - mean) ** 2 for i in window) / total)
        out.append([mean, mean + reach, mean - reach])
    return [list(column) for column in zip(*out)]
