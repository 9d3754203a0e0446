"""A peak that loses the fraction 1/period of itself on every row."""

import numpy as np
import tulipy

SOURCE = "tulipy 0.4.0"
INPUTS = {"series": "unit"}
CASES = {"default": {"period": 5}, "slow": {"period": 60}, "at once": {"period": 1}}


def expected(columns, params):
    return [tulipy.edecay(np.array(columns["unit"]), params["period"]).tolist()]
