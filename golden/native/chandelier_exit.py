"""Highest high less, and lowest low plus, a multiple of Wilder's average true range."""

SOURCE = "formula: StockCharts ChartSchool, Chandelier Exit"
INPUTS = {"high": "high", "low": "low", "close": "close"}
CASES = {
    "default": {"period": 22, "atr_period": 22, "multiplier": 3.0},
    "uneven": {"period": 10, "atr_period": 3, "multiplier": 1.5},
    "shortest": {"period": 1, "atr_period": 1, "multiplier": 0.0},
}


def expected(columns, params):
    high, low, close = columns["high"], columns["low"], columns["close"]
    p, n, k = params["period"], params["atr_period"], params["multiplier"]
    rows = len(high)
    ranges = [None] + [
        max(high[i], close[i - 1]) - min(low[i], close[i - 1]) for i in range(1, rows)
    ]
    atr = [None] * rows
    atr[n] = sum(ranges[1 : n + 1]) / n
    for i in range(n + 1, rows):
        atr[i] = (atr[i - 1] * (n - 1) + ranges[i]) / n
    first = max(p - 1, n)
    window = lambda values, i: values[i - p + 1 : i + 1]  # noqa: E731
    long = [None] * first + [max(window(high, i)) - k * atr[i] for i in range(first, rows)]
    short = [None] * first + [min(window(low, i)) + k * atr[i] for i in range(first, rows)]
    return [long, short]
