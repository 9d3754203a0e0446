"""The whole part, towards zero."""

import numpy as np
import tulipy

SOURCE = "tulipy 0.4.0"
INPUTS = {"series": "periods"}
CASES = {"default": {}}


def expected(columns, params):
    return [tulipy.trunc(np.array(columns["periods"])).tolist()]
