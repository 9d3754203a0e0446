"""Archer trends of pandas-ta-classic, without the rows in which its averages are not there yet."""

import pandas as pd
import pandas_ta_classic as pta

SOURCE = "pandas-ta-classic 0.8.32"
INPUTS = {"series": "close"}
CASES = {
    "default": {"fast_period": 8, "slow_period": 21, "run_period": 2},
    "swapped": {"fast_period": 30, "slow_period": 10, "run_period": 5},
    "shortest": {"fast_period": 1, "slow_period": 2, "run_period": 1},
}


def expected(columns, params):
    fast, slow, run = params["fast_period"], params["slow_period"], params["run_period"]
    frame = pta.amat(pd.Series(columns["close"]), fast=fast, slow=slow, lookback=run)
    first = max(fast, slow) - 1 + run
    return [[None] * first + [v == 1 for v in frame[name].to_list()[first:]] for name in frame.columns]
