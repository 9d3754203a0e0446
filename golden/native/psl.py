"""Psychological Line of pandas-ta-classic, without the row that counts a change before the first value."""

import pandas as pd
import pandas_ta_classic as pta

SOURCE = "pandas-ta-classic 0.8.32"
INPUTS = {"series": "close"}
INPUT = "patterns"  # has equal closes in a row
CASES = {"default": {"period": 12}, "long": {"period": 75}, "shortest": {"period": 1}}


def expected(columns, params):
    period = params["period"]
    values = pta.psl(pd.Series(columns["close"]), length=period).to_list()
    return [[None] * period + values[period:]]
