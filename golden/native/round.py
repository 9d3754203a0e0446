"""The nearest whole number, halves up."""

import numpy as np
import tulipy

SOURCE = "tulipy 0.4.0"
INPUTS = {"series": "unit"}
INPUT = "degenerate"  # has halves of both signs
CASES = {"default": {}}


def expected(columns, params):
    return [tulipy.round(np.array(columns["unit"])).tolist()]
