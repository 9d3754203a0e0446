"""Volume oscillator, as tulipy computes it: only the rows that have a value."""

import numpy as np
import tulipy

SOURCE = "tulipy 0.4.0"
INPUTS = {"volume": "volume"}
CASES = {
    "default": {"fast_period": 5, "slow_period": 20},
    "shortest": {"fast_period": 1, "slow_period": 2},
    "classic": {"fast_period": 14, "slow_period": 28},
}


def expected(columns, params):
    volume = np.array(columns["volume"])
    values = tulipy.vosc(volume, params["fast_period"], params["slow_period"])
    return [[None] * (len(volume) - len(values)) + values.tolist()]
