"""Holt-Winters moving average, as pandas-ta-classic computes it."""

import pandas as pd
import pandas_ta_classic as ta

SOURCE = "pandas-ta-classic 0.8.32"
INPUTS = {"series": "close"}
CASES = {"default": {"na": 0.2, "nb": 0.1, "nc": 0.1}, "quick": {"na": 0.7, "nb": 0.3, "nc": 0.05}}


def expected(columns, params):
    return [ta.hwma(pd.Series(columns["close"]), **params).tolist()]
