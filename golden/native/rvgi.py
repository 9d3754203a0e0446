"""Relative Vigor Index of pandas-ta-classic; the index is shown from where its signal is known."""

import pandas as pd
import pandas_ta_classic as pta

SOURCE = "pandas-ta-classic 0.8.32"
INPUTS = {"open": "open", "high": "high", "low": "low", "close": "close"}
CASES = {
    "default": {"period": 14, "swma_period": 4},
    "ehlers": {"period": 10, "swma_period": 4},
    "odd": {"period": 3, "swma_period": 7},
    "unsmoothed": {"period": 6, "swma_period": 1},
}


def expected(columns, params):
    prices = [pd.Series(columns[name]) for name in ("open", "high", "low", "close")]
    period, taps = params["period"], params["swma_period"]
    frame = pta.rvgi(*prices, length=period, swma_length=taps)
    first = period - 1 + 2 * (taps - 1)
    return [[None] * first + frame[f"{name}_{period}_{taps}"].to_list()[first:] for name in ("RVGI", "RVGIs")]
