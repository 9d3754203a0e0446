"""TradingView's script: the angle of the last step of an average, and its colour as a class."""

from math import atan, degrees

from generator.series import combine, ema, highest, lowest, masked

SOURCE = "formula: TradingView, Chop Zone"
INPUTS = {"high": "high", "low": "low", "close": "close"}
CASES = {
    "default": {"period": 34, "range_period": 30},
    "short": {"period": 5, "range_period": 60},
    "shortest": {"period": 1, "range_period": 1},
}


def expected(columns, params):
    high, low, close = columns["high"], columns["low"], columns["close"]
    average = ema(close, params["period"])
    before = [None] + average[:-1]
    typical = [(h + l + c) / 3 for h, l, c in zip(high, low, close)]

    def angle(now, last, price, top, bottom):
        span = 25 / (top - bottom) * bottom
        y = (last - now) / price * span
        return -degrees(atan(y))

    angles = combine(angle, average, before, typical, highest(high, params["range_period"]),
                     lowest(low, params["range_period"]))

    def zone(value):
        whole = round(value)
        for least, name in ((5, 4), (3.57, 3), (2.14, 2), (0.71, 1)):
            if whole >= least:
                return name
            if whole <= -least:
                return -name
        return 0

    return masked(angles, combine(zone, angles))
