"""How far a series is below its peak: amount, fraction and logarithm."""

import pandas as pd
import pandas_ta_classic as ta

SOURCE = "pandas-ta-classic 0.8.32"
INPUTS = {"series": "close"}
CASES = {"default": {}}


def expected(columns, params):
    frame = ta.drawdown(pd.Series(columns["close"]))
    return [frame[name].to_list() for name in ("DD", "DD_PCT", "DD_LOG")]
