"""SMI Ergodic of pandas-ta-classic in percent, all lines from where the signal is known."""

import pandas as pd
import pandas_ta_classic as pta

SOURCE = "pandas-ta-classic 0.8.32"
INPUTS = {"series": "close"}
CASES = {
    "default": {"fast_period": 5, "slow_period": 20, "signal_period": 5},
    "longer": {"fast_period": 13, "slow_period": 25, "signal_period": 10},
    "shortest": {"fast_period": 2, "slow_period": 2, "signal_period": 1},
}


def expected(columns, params):
    fast, slow, signal = params["fast_period"], params["slow_period"], params["signal_period"]
    frame = pta.smi(pd.Series(columns["close"]), fast=fast, slow=slow, signal=signal, scalar=100)
    first = fast + slow + signal - 2
    return [[None] * first + frame[name].to_list()[first:] for name in frame.columns]
