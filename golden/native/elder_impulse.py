"""Elder's colours: the average and the MACD histogram against the bar before."""

from generator.series import change, combine, ema

SOURCE = "formula: A. Elder, Come Into My Trading Room (2002)"
INPUTS = {"series": "close"}
CASES = {
    "default": {"period": 13, "fast_period": 12, "slow_period": 26, "signal_period": 9},
    "long_trend": {"period": 65, "fast_period": 5, "slow_period": 13, "signal_period": 4},
    "turned": {"period": 2, "fast_period": 20, "slow_period": 10, "signal_period": 3},
}


def expected(columns, params):
    close = columns["close"]
    macd = combine(lambda a, b: a - b, ema(close, params["fast_period"]), ema(close, params["slow_period"]))
    histogram = combine(lambda a, b: a - b, macd, ema(macd, params["signal_period"]))
    colour = lambda a, b: 1 if a > 0 and b > 0 else -1 if a < 0 and b < 0 else 0
    return [combine(colour, change(ema(close, params["period"])), change(histogram))]
