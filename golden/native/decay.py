"""A peak that loses 1/period on every row."""

import numpy as np
import tulipy

SOURCE = "tulipy 0.4.0"
INPUTS = {"series": "unit"}
CASES = {"default": {"period": 5}, "slow": {"period": 60}, "at once": {"period": 1}}


def expected(columns, params):
    return [tulipy.decay(np.array(columns["unit"]), params["period"]).tolist()]
