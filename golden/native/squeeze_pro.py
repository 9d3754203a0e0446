"""Squeeze Pro of pandas-ta-classic, without the rows in which it compares bands that are not there yet."""

import pandas as pd
import pandas_ta_classic as pta

SOURCE = "pandas-ta-classic 0.8.32"
INPUTS = {"high": "high", "low": "low", "close": "close"}
CASES = {
    "default": {
        "bb_period": 20, "nb_dev": 2.0, "kc_period": 20,
        "factor_wide": 2.0, "factor_normal": 1.5, "factor_narrow": 1.0,
        "mom_period": 12, "smooth_period": 6,
    },
    "uneven": {
        "bb_period": 15, "nb_dev": 1.7, "kc_period": 22,
        "factor_wide": 1.9, "factor_normal": 1.6, "factor_narrow": 1.2,
        "mom_period": 25, "smooth_period": 3,
    },
    "shortest": {
        # Uneven widths: the edges of round ones coincide, and rounding would decide.
        "bb_period": 2, "nb_dev": 1.3, "kc_period": 1,
        "factor_wide": 1.07, "factor_normal": 0.53, "factor_narrow": 0.26,
        "mom_period": 1, "smooth_period": 1,
    },
}


def expected(columns, params):
    high, low, close = (pd.Series(columns[name]) for name in ("high", "low", "close"))
    frame = pta.squeeze_pro(
        high, low, close,
        bb_length=params["bb_period"], bb_std=params["nb_dev"], kc_length=params["kc_period"],
        kc_scalar_wide=params["factor_wide"], kc_scalar_normal=params["factor_normal"],
        kc_scalar_narrow=params["factor_narrow"],
        mom_length=params["mom_period"], mom_smooth=params["smooth_period"],
    )
    momentum, *flags = (frame[name].to_list() for name in frame.columns)
    first = max(params["bb_period"] - 1, params["kc_period"], params["mom_period"] + params["smooth_period"] - 1)
    warm = [None] * first
    return [warm + momentum[first:]] + [warm + [flag == 1 for flag in column[first:]] for column in flags]
