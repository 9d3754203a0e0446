"""A simple average of the typical price, and Wilder's average true range (seeded as TA-Lib does) around it."""

SOURCE = "formula: pandas-ta, aberration, with TA-Lib's ATR"
INPUTS = {"high": "high", "low": "low", "close": "close"}
CASES = {
    "default": {"period": 5, "atr_period": 15},
    "slow_average": {"period": 30, "atr_period": 4},
    "shortest": {"period": 1, "atr_period": 1},
}


def expected(columns, params):
    high, low, close = columns["high"], columns["low"], columns["close"]
    p, n, rows = params["period"], params["atr_period"], len(close)
    typical = [sum(prices) / 3 for prices in zip(high, low, close)]
    ranges = [None] + [
        max(high[i] - low[i], abs(high[i] - close[i - 1]), abs(low[i] - close[i - 1]))
        for i in range(1, rows)
    ]
    atr = [None] * n + [sum(ranges[1 : n + 1]) / n]
    for i in range(n + 1, rows):
        atr.append((atr[i - 1] * (n - 1) + ranges[i]) / n)
    first = max(p - 1, n)
    middle = {i: sum(typical[i - p + 1 : i + 1]) / p for i in range(first, rows)}
    line = lambda value: [None] * first + [value(i) for i in range(first, rows)]  # noqa: E731
    return [
        line(lambda i: middle[i] + atr[i]),
        line(lambda i: middle[i]),
        line(lambda i: middle[i] - atr[i]),
        line(lambda i: atr[i]),
    ]
