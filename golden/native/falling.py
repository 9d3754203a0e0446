"""Lower than the row before. The first row, which pandas-ta fills with 0, has no row before."""

import pandas as pd
import pandas_ta_classic as ta

SOURCE = "pandas-ta-classic 0.8.32"
INPUTS = {"series": "close"}
INPUT = "patterns"  # has equal closes
CASES = {"default": {}}


def expected(columns, params):
    values = ta.decreasing(pd.Series(columns["close"]), length=1)
    return [[None] + [value == 1 for value in values[1:]]]
