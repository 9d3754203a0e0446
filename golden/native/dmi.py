"""TA-Lib's ADX, and its two indicators on the rows where ADX has a value."""

import numpy as np
import talib

SOURCE = "TA-Lib C 0.8.1: ADX, PLUS_DI, MINUS_DI"
INPUTS = {"high": "high", "low": "low", "close": "close"}
CASES = {"default": {"period": 14}, "shortest": {"period": 2}, "odd": {"period": 25}}


def expected(columns, params):
    bars = [np.array(columns[name]) for name in ("high", "low", "close")]
    lines = [function(*bars, timeperiod=params["period"]) for function in (talib.ADX, talib.PLUS_DI, talib.MINUS_DI)]
    known = np.isfinite(lines[0])
    return [[float(v) if ok else None for v, ok in zip(line, known)] for line in lines]
