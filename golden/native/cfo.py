"""The value against the end of the least-squares line, which is Tulip's linreg."""

import numpy as np
import tulipy

SOURCE = "tulipy 0.4.0 (linreg)"
INPUTS = {"series": "close"}
CASES = {"default": {"period": 9}, "long": {"period": 50}, "short": {"period": 3}}


def expected(columns, params):
    close = np.array(columns["close"])
    warm = params["period"] - 1
    line = tulipy.linreg(close, period=params["period"])
    values = 100 * (close[-len(line) :] - line) / close[-len(line) :]
    assert len(line) == len(close) - warm
    return [[None] * warm + values.tolist()]
