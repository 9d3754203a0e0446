"""Adjusted Fisher-Pearson skewness of a window."""

import pandas as pd
import pandas_ta_classic as ta

SOURCE = "pandas-ta-classic 0.8.32"
INPUTS = {"series": "close"}
CASES = {"default": {"period": 30}, "even": {"period": 8}, "shortest": {"period": 3}}


def expected(columns, params):
    values = ta.skew(pd.Series(columns["close"]), length=params["period"])
    return [[None if pd.isna(v) else v for v in values]]
