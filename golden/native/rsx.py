"""RSX of pandas-ta-classic, which starts `period` rows into what it gets: as many are put before the data."""

import pandas as pd
import pandas_ta_classic as pta

SOURCE = "pandas-ta-classic 0.8.32"
INPUTS = {"series": "close"}
CASES = {"default": {"period": 14}, "slow": {"period": 40}, "shortest": {"period": 2}}


def expected(columns, params):
    close, period = columns["close"], params["period"]
    values = pta.rsx(pd.Series([0.0] * period + close), length=period).to_list()[period:]
    first = max(period - 1, 5)
    return [[None] * first + values[first:]]
