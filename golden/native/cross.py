"""Two series change sides: tulip's crossany, which starts on the second row."""

import numpy as np
import tulipy

SOURCE = "tulipy 0.4.0"
INPUTS = {"series": "close", "other": "open"}
INPUT = "patterns"  # has touches
CASES = {"default": {}}


def expected(columns, params):
    crossed = tulipy.crossany(np.array(columns["close"]), np.array(columns["open"]))
    return [[None] + [value == 1 for value in crossed]]
