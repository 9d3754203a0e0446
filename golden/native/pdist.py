"""Price distance, as pandas-ta-classic computes it."""

import pandas as pd
import pandas_ta_classic as ta

SOURCE = "pandas-ta-classic 0.8.32"
INPUTS = {"open": "open", "high": "high", "low": "low", "close": "close"}
CASES = {"default": {}}


def expected(columns, params):
    bars = [pd.Series(columns[name]) for name in ("open", "high", "low", "close")]
    return [[None if pd.isna(v) else v for v in ta.pdist(*bars)]]
