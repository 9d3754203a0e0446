"""Squeeze Pro: Bollinger Bands within or beyond Keltner channels of three widths; the averages are simple ones.

The momentum is pandas-ta's, an averaged change of the close, as the catalog says. pandas-ta answers the flags
before its bands are there.
"""

from generator.series import combine, deviation, masked, sma, true_ranges

SOURCE = "formula: Makit0, Squeeze PRO (TradingView), after Carter, Mastering the Trade, ch. 11"
INPUTS = {"high": "high", "low": "low", "close": "close"}
CASES = {
    "default": {
        "bb_period": 20, "nb_dev": 2.0, "kc_period": 20,
        "factor_wide": 2.0, "factor_normal": 1.5, "factor_narrow": 1.0,
        "mom_period": 12, "smooth_period": 6,
    },
    "uneven": {
        "bb_period": 15, "nb_dev": 1.7, "kc_period": 22,
        "factor_wide": 1.9, "factor_normal": 1.6, "factor_narrow": 1.2,
        "mom_period": 25, "smooth_period": 3,
    },
    "shortest": {
        # Uneven widths: the edges of round ones coincide, and rounding would decide.
        "bb_period": 2, "nb_dev": 1.3, "kc_period": 1,
        "factor_wide": 1.07, "factor_normal": 0.53, "factor_narrow": 0.26,
        "mom_period": 1, "smooth_period": 1,
    },
}


def expected(columns, params):
    high, low, close = columns["high"], columns["low"], columns["close"]
    centre, sigma = sma(close, params["bb_period"]), deviation(close, params["bb_period"])
    middle = sma(close, params["kc_period"])
    spread = sma(true_ranges(high, low, close), params["kc_period"])
    factors = [params[f"factor_{name}"] for name in ("wide", "normal", "narrow")]

    def flags(centre, sigma, middle, spread):
        lower, upper = centre - params["nb_dev"] * sigma, centre + params["nb_dev"] * sigma
        inside = [middle - f * spread < lower and upper < middle + f * spread for f in factors]
        off = lower < middle - factors[0] * spread and upper > middle + factors[0] * spread
        return *inside, off, not inside[0] and not off

    n = params["mom_period"]
    momentum = sma([None] * n + [now - then for then, now in zip(close, close[n:])], params["smooth_period"])
    rows = combine(flags, centre, sigma, middle, spread)
    columns = [[None if row is None else row[k] for row in rows] for k in range(5)]
    return masked(momentum, *columns)
