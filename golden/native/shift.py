"""An earlier value: tulip's lag, which starts on the row that has one."""

import numpy as np
import tulipy

SOURCE = "tulipy 0.4.0"
INPUTS = {"series": "close"}
CASES = {"default": {"period": 1}, "longer": {"period": 13}}


def expected(columns, params):
    period = params["period"]
    return [[None] * period + tulipy.lag(np.array(columns["close"]), period).tolist()]
