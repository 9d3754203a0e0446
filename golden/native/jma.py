"""Jurik moving average, as pandas-ta-classic computes it."""

import pandas as pd
import pandas_ta_classic as ta

SOURCE = "pandas-ta-classic 0.8.32"
INPUTS = {"series": "close"}
CASES = {
    "default": {"period": 7, "phase": 0.0},
    "lagging": {"period": 20, "phase": -60.0},
    "overshooting": {"period": 2, "phase": 100.0},
    "long": {"period": 50, "phase": 30.0},
}


def expected(columns, params):
    values = ta.jma(pd.Series(columns["close"]), length=params["period"], phase=params["phase"])
    return [[None if pd.isna(v) else v for v in values]]
