"""The distance of the close from its mean, over the exponential average of the true range."""

SOURCE = "formula: (close - sma(close, n)) / ema(true range, n), M. Johnson"
INPUTS = {"high": "high", "low": "low", "close": "close"}
CASES = {"default": {"period": 14}, "johnson": {"period": 89}, "shortest": {"period": 2}}


def expected(columns, params):
    high, low, close = columns["high"], columns["low"], columns["close"]
    n = params["period"]
    ranges = [None] + [max(high[i], close[i - 1]) - min(low[i], close[i - 1]) for i in range(1, len(high))]
    average = [None] * len(high)
    average[n] = sum(ranges[1 : n + 1]) / n
    for i in range(n + 1, len(high)):
        average[i] = average[i - 1] + 2 / (n + 1) * (ranges[i] - average[i - 1])
    mean = lambda i: sum(close[i - n + 1 : i + 1]) / n  # noqa: E731
    return [[None] * n + [(close[i] - mean(i)) / average[i] for i in range(n, len(high))]]
