"""Bias of pandas-ta-classic, in percent."""

import pandas as pd
import pandas_ta_classic as pta

SOURCE = "pandas-ta-classic 0.8.32"
INPUTS = {"series": "close"}
CASES = {"default": {"period": 26}, "short": {"period": 6}, "shortest": {"period": 2}}


def expected(columns, params):
    values = 100 * pta.bias(pd.Series(columns["close"]), length=params["period"])
    first = params["period"] - 1
    return [[None] * first + values.to_list()[first:]]
