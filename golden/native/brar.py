"""BRAR of pandas-ta-classic, both lines from where BR is known."""

import pandas as pd
import pandas_ta_classic as pta

SOURCE = "pandas-ta-classic 0.8.32"
INPUTS = {"open": "open", "high": "high", "low": "low", "close": "close"}
CASES = {"default": {"period": 26}, "short": {"period": 9}}


def expected(columns, params):
    prices = [pd.Series(columns[name]) for name in ("open", "high", "low", "close")]
    period = params["period"]
    frame = pta.brar(*prices, length=period)
    return [[None] * period + frame[f"{name}_{period}"].to_list()[period:] for name in ("AR", "BR")]
