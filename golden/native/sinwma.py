"""Sine weighted moving average, as pandas-ta-classic computes it."""

import pandas as pd
import pandas_ta_classic as ta

SOURCE = "pandas-ta-classic 0.8.32"
INPUTS = {"series": "close"}
CASES = {"default": {"period": 14}, "shortest": {"period": 1}, "two": {"period": 2}, "odd": {"period": 33}}


def expected(columns, params):
    values = ta.sinwma(pd.Series(columns["close"]), length=params["period"])
    return [[None if pd.isna(v) else v for v in values]]
