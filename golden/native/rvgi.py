"""Relative Vigor Index, shown from where its signal is known.

Ehlers' weights are 1, 2, 2, 1; other lengths continue that triangle. pandas-ta adds 2e-16 to all bodies or
ranges when one of them is 0.
"""

from math import fsum

from generator.series import combine, masked, rolling

SOURCE = "formula: Ehlers, Stocks & Commodities, January 2002"
INPUTS = {"open": "open", "high": "high", "low": "low", "close": "close"}
CASES = {
    "default": {"period": 14, "swma_period": 4},
    "ehlers": {"period": 10, "swma_period": 4},
    "odd": {"period": 3, "swma_period": 7},
    "unsmoothed": {"period": 6, "swma_period": 1},
}


def expected(columns, params):
    period, taps = params["period"], params["swma_period"]
    weights = [min(k + 1, taps - k) for k in range(taps)]
    smooth = lambda values: rolling(  # noqa: E731
        values, taps, lambda window: fsum(w * v for w, v in zip(weights, window)) / sum(weights))
    bodies = smooth([c - o for o, c in zip(columns["open"], columns["close"])])
    ranges = smooth([h - l for h, l in zip(columns["high"], columns["low"])])
    index = combine(lambda body, spread: body / spread, rolling(bodies, period, fsum), rolling(ranges, period, fsum))
    return masked(index, smooth(index))
