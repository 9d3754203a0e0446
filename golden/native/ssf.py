"""Super smoother, as pandas-ta-classic computes it; its first bars are the series itself, not values."""

import pandas as pd
import pandas_ta_classic as ta

SOURCE = "pandas-ta-classic 0.8.32"
INPUTS = {"series": "close"}
CASES = {
    "default": {"period": 20, "poles": 2},
    "three": {"period": 20, "poles": 3},
    "shortest": {"period": 1, "poles": 2},
    "short_three": {"period": 3, "poles": 3},
}


def expected(columns, params):
    poles = params["poles"]
    values = ta.ssf(pd.Series(columns["close"]), length=params["period"], poles=poles)
    assert values[:poles].tolist() == columns["close"][:poles]
    return [[None] * poles + values[poles:].tolist()]
