"""The logarithm of the ratio to an earlier value."""

import pandas as pd
import pandas_ta_classic as ta

SOURCE = "pandas-ta-classic 0.8.32"
INPUTS = {"series": "close"}
CASES = {"default": {"period": 1}, "longer": {"period": 21}}


def expected(columns, params):
    values = ta.log_return(pd.Series(columns["close"]), length=params["period"])
    return [[None if pd.isna(v) else v for v in values]]
