"""The fast stochastic of the CCI, averaged, and averaged again."""

from _cci import cci
from generator.series import masked, rolling, sma

SOURCE = "formula: 100 (cci - min) / (max - min), smoothed twice; TradingView, Stochastic CCI"
INPUTS = {"high": "high", "low": "low", "close": "close"}
CASES = {
    "default": {"period": 14, "stoch_period": 14, "k_period": 3, "d_period": 3},
    "slow": {"period": 20, "stoch_period": 30, "k_period": 5, "d_period": 9},
    "short": {"period": 5, "stoch_period": 5, "k_period": 1, "d_period": 1},
}


def expected(columns, params):
    place = lambda window: 100 * (window[-1] - min(window)) / (max(window) - min(window))
    raw = rolling(cci(columns, params["period"]), params["stoch_period"], place)
    k = sma(raw, params["k_period"])
    return masked(k, sma(k, params["d_period"]))
