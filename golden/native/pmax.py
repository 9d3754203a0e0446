"""PMax as its script has it: stops a multiple of the average true range away from an exponential average."""

from _stops import trailing
from generator.series import combine, ema, masked, rma, true_ranges

SOURCE = "formula: K. Ozbilgic, Profit Maximizer PMax (TradingView)"
INPUTS = {"high": "high", "low": "low", "close": "close"}
CASES = {
    "default": {"period": 10, "atr_period": 10, "multiplier": 3.0},
    "turned": {"period": 30, "atr_period": 5, "multiplier": 1.0},
    "shortest": {"period": 1, "atr_period": 1, "multiplier": 0.5},
}


def expected(columns, params):
    high, low, close = columns["high"], columns["low"], columns["close"]
    average = ema([(h + l) / 2 for h, l in zip(high, low)], params["period"])
    reach = combine(lambda r: params["multiplier"] * r, rma(true_ranges(high, low, close), params["atr_period"]))
    stops, trend = trailing(average, reach)
    return masked(stops, average, trend)
