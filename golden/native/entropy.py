"""Shannon entropy of the shares of a window in its sum, in bits."""

import pandas as pd
import pandas_ta_classic as ta

SOURCE = "pandas-ta-classic 0.8.32"
INPUTS = {"series": "volume"}
CASES = {"default": {"period": 10}, "long": {"period": 64}, "shortest": {"period": 2}}


def expected(columns, params):
    values = ta.entropy(pd.Series(columns["volume"]), length=params["period"])
    return [[None if pd.isna(v) else v for v in values]]
