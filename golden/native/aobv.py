"""Archer on balance volume, as pandas-ta-classic computes it, on the rows where all lines have a value."""

import pandas as pd
import pandas_ta_classic as ta

SOURCE = "pandas-ta-classic 0.8.32"
INPUTS = {"close": "close", "volume": "volume"}
CASES = {
    "default": {"fast_period": 4, "slow_period": 12},
    "shortest": {"fast_period": 1, "slow_period": 2},
    "slow": {"fast_period": 20, "slow_period": 50},
}


def expected(columns, params):
    fast, slow = params["fast_period"], params["slow_period"]
    frame = ta.aobv(pd.Series(columns["close"]), pd.Series(columns["volume"]), fast=fast, slow=slow)
    lines = [frame[name].tolist() for name in ("OBV", f"OBVe_{fast}", f"OBVe_{slow}")]
    return [[None] * (slow - 1) + line[slow - 1 :] for line in lines]
