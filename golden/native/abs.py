"""The size of each value."""

import numpy as np
import tulipy

SOURCE = "tulipy 0.4.0"
INPUTS = {"series": "unit"}
CASES = {"default": {}}


def expected(columns, params):
    return [tulipy.abs(np.array(columns["unit"])).tolist()]
