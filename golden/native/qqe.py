"""QQE of pandas-ta-classic: its line, smoothed RSI, both bands and direction."""

import pandas as pd
import pandas_ta_classic as pta

SOURCE = "pandas-ta-classic 0.8.32"
INPUTS = {"series": "close"}
CASES = {
    "default": {"period": 14, "smooth_period": 5, "factor": 4.236},
    "fast": {"period": 5, "smooth_period": 3, "factor": 1.618},
    "shortest": {"period": 2, "smooth_period": 1, "factor": 3.0},
}


def expected(columns, params):
    close = pd.Series(columns["close"])
    period, smooth = params["period"], params["smooth_period"]
    frame = pta.qqe(close, length=period, smooth=smooth, factor=params["factor"])
    line, average, _, _, long, short, trend = (frame[name].to_list() for name in frame.columns)
    first = period + smooth + 2 * (2 * period - 2)
    return [[None] * first + column[first:] for column in (line, average, long, short, [int(t) for t in trend])]
