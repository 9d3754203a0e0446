"""The value against the end of the least-squares line through its window, in percent of the value."""

from generator.series import combine, regression_end, rolling

SOURCE = "formula: Chande and Kroll, The New Technical Trader (1994): 100 * (close - linreg(close, n)) / close"
INPUTS = {"series": "close"}
CASES = {"default": {"period": 9}, "long": {"period": 50}, "short": {"period": 3}}


def expected(columns, params):
    close = columns["close"]
    line = rolling(close, params["period"], regression_end)
    return [combine(lambda price, end: 100 * (price - end) / price, close, line)]
