"""Population deviation of a window over the root of its length.

tulip's is the same, but leaves the rounding of its running sums in a window of equal values.
"""

import pandas as pd
import pandas_ta_classic as ta

SOURCE = "pandas-ta-classic 0.8.32"
INPUTS = {"series": "close"}
CASES = {"default": {"period": 5}, "long": {"period": 40}, "shortest": {"period": 2}}


def expected(columns, params):
    values = ta.stderr(pd.Series(columns["close"]), length=params["period"], ddof=0)
    return [[None if pd.isna(v) else v for v in values]]
