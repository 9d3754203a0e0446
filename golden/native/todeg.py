"""Radians as degrees."""

import numpy as np
import tulipy

SOURCE = "tulipy 0.4.0"
INPUTS = {"series": "periods"}
CASES = {"default": {}}


def expected(columns, params):
    return [tulipy.todeg(np.array(columns["periods"])).tolist()]
