"""MESA sine wave of pandas-ta-classic in its own arithmetic: Tulip, which it would call, has pi to 8 digits only.

Both start a row later than their window allows, so a row is put before the data.
"""

import pandas as pd
import pandas_ta_classic as pta

SOURCE = "pandas-ta-classic 0.8.32"
INPUTS = {"series": "close"}
CASES = {"default": {"period": 5}, "even": {"period": 24}, "shortest": {"period": 3}}


def expected(columns, params):
    period = params["period"]
    frame = pta.msw(pd.Series([0.0] + columns["close"]), period=period, tulipy=False)
    return [[None] * (period - 1) + frame[name].to_list()[period:] for name in frame.columns]
