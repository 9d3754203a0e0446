"""Ulcer index, as pandas-ta-classic computes it."""

import pandas as pd
import pandas_ta_classic as ta

SOURCE = "pandas-ta-classic 0.8.32"
INPUTS = {"series": "close"}
CASES = {"default": {"period": 14}, "odd": {"period": 25}, "short": {"period": 5}}


def expected(columns, params):
    values = ta.ui(pd.Series(columns["close"]), length=params["period"])
    return [[None if pd.isna(v) else v for v in values]]
