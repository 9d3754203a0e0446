"""TD Sequential counts of pandas-ta-classic, from where a run of 13 may have been seen whole."""

import pandas as pd
import pandas_ta_classic as pta

SOURCE = "pandas-ta-classic 0.8.32"
INPUTS = {"series": "close"}
INPUT = "patterns"  # has equal closes
CASES = {"default": {}}


def expected(columns, params):
    frame = pta.td_seq(pd.Series(columns["close"]), asint=True)
    first = 4 + 13 - 1
    return [[None] * first + frame[name].to_list()[first:] for name in frame.columns]
