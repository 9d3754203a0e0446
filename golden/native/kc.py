"""Keltner channels around the average of the close, and, to judge the choice, of the typical price.

The exponential average begins with the mean of its first window, Wilder's average of the true range
with the mean of its own, each at the latest row that lets both have a value on the first one.
"""

SOURCE = "formula: EMA(close or typical price) -/+ nb_dev * ATR, each average seeded with a mean"
INPUTS = {"high": "high", "low": "low", "close": "close"}
CASES = {
    "default": {"period": 20, "atr_period": 10, "nb_dev": 2.0, "center": "typical"},
    "close": {"period": 20, "atr_period": 10, "nb_dev": 2.0, "center": "close"},
    "close_short": {"period": 2, "atr_period": 1, "nb_dev": 1.5, "center": "close"},
    "close_long_atr": {"period": 5, "atr_period": 20, "nb_dev": 1.0, "center": "close"},
}


def average(values, first, period, share):
    """Recursive average with its first value on row `first`: the mean of the window that ends there."""
    out = {first: sum(values[first - period + 1 : first + 1]) / period}
    for row in range(first + 1, len(values)):
        out[row] = out[row - 1] + share * (values[row] - out[row - 1])
    return out


def expected(columns, params):
    high, low, close = columns["high"], columns["low"], columns["close"]
    period, atr_period = params["period"], params["atr_period"]
    first = max(period - 1, atr_period)
    price = close if params["center"] == "close" else [(h + l + c) / 3 for h, l, c in zip(high, low, close)]
    middle = average(price, first, period, 2 / (period + 1))
    ranges = [None] + [max(h, c) - min(l, c) for h, l, c in zip(high[1:], low[1:], close)]
    atr = average(ranges, first, atr_period, 1 / atr_period)
    band = lambda k: [None if row < first else middle[row] + k * atr[row] for row in range(len(close))]
    return [band(params["nb_dev"]), band(0.0), band(-params["nb_dev"])]
