"""Elder's spreadsheet: the mean of the penetrations there were, off this bar's extreme, and the best of some levels."""

SOURCE = "formula: A. Elder, Come Into My Trading Room (2002), SafeZone"
INPUTS = {"high": "high", "low": "low"}
CASES = {
    "default": {"period": 10, "multiplier": 2.0, "hold": 3},
    "wide": {"period": 22, "multiplier": 3.0, "hold": 1},
    "shortest": {"period": 1, "multiplier": 2.5, "hold": 5},
}


def expected(columns, params):
    high, low, n, hold = columns["high"], columns["low"], params["period"], params["hold"]

    def level(i, side):
        """The level below the bar, or above it, on one row."""
        bars = range(i - n + 1, i + 1)
        if side < 0:
            noise = [low[j - 1] - low[j] for j in bars if low[j] < low[j - 1]]
        else:
            noise = [high[j] - high[j - 1] for j in bars if high[j] > high[j - 1]]
        mean = sum(noise) / len(noise) if noise else 0.0
        return (low[i] if side < 0 else high[i]) + side * params["multiplier"] * mean

    first = n + hold - 1
    long, short = [None] * first, [None] * first
    for i in range(first, len(low)):
        long.append(max(level(j, -1) for j in range(i - hold + 1, i + 1)))
        short.append(min(level(j, 1) for j in range(i - hold + 1, i + 1)))
    return [long, short]
