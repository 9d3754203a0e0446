"""Stoller's bands: a simple average, and Wilder's average of the true range around it."""

from generator.series import combine, masked, rma, sma, true_ranges

SOURCE = "formula: M. Stoller, STARC bands"
INPUTS = {"high": "high", "low": "low", "close": "close"}
CASES = {
    "default": {"period": 6, "atr_period": 15, "multiplier": 2.0},
    "skender": {"period": 5, "atr_period": 10, "multiplier": 2.0},
    "turned": {"period": 30, "atr_period": 3, "multiplier": 1.5},
    "shortest": {"period": 1, "atr_period": 1, "multiplier": 1.0},
}


def expected(columns, params):
    high, low, close = columns["high"], columns["low"], columns["close"]
    middle = sma(close, params["period"])
    atr = rma(true_ranges(high, low, close), params["atr_period"])
    line = lambda k: combine(lambda m, r: m + k * r, middle, atr)
    return masked(line(params["multiplier"]), middle, line(-params["multiplier"]))
