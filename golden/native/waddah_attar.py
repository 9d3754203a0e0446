"""LazyBear's script: MACD against its last value, the width of the bands, and a multiple of the true range."""

from generator.series import change, combine, deviation, ema, masked, rma, sma, true_ranges

SOURCE = "formula: LazyBear, Waddah Attar Explosion V2 (TradingView)"
INPUTS = {"high": "high", "low": "low", "close": "close"}
CASES = {
    "default": {
        "fast_period": 20, "slow_period": 40, "channel_period": 20, "nb_dev": 2.0, "sensitivity": 150.0,
        "atr_period": 100, "dead_zone_factor": 3.7},
    "short": {
        "fast_period": 12, "slow_period": 5, "channel_period": 30, "nb_dev": 1.0, "sensitivity": 20.0,
        "atr_period": 10, "dead_zone_factor": 1.0},
    "shortest": {
        "fast_period": 1, "slow_period": 2, "channel_period": 2, "nb_dev": 0.5, "sensitivity": 1.0,
        "atr_period": 1, "dead_zone_factor": 0.5},
}


def expected(columns, params):
    high, low, close = columns["high"], columns["low"], columns["close"]
    macd = combine(lambda a, b: a - b, ema(close, params["fast_period"]), ema(close, params["slow_period"]))
    t1 = combine(lambda x: x * params["sensitivity"], change(macd))
    middle, spread = sma(close, params["channel_period"]), deviation(close, params["channel_period"])
    k = params["nb_dev"]
    width = combine(lambda m, s: (m + k * s) - (m - k * s), middle, spread)
    dead = rma(true_ranges(high, low, close), params["atr_period"])
    return masked(
        combine(lambda x: x if x >= 0 else 0.0, t1), combine(lambda x: -x if x < 0 else 0.0, t1), width,
        combine(lambda x: x * params["dead_zone_factor"], dead))
