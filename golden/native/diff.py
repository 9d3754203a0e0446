"""The change since the row before: tulip's momentum over one row."""

import numpy as np
import tulipy

SOURCE = "tulipy 0.4.0"
INPUTS = {"series": "close"}
CASES = {"default": {}}


def expected(columns, params):
    return [[None] + tulipy.mom(np.array(columns["close"]), 1).tolist()]
