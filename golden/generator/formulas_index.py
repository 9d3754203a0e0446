"""MAXINDEX, MININDEX and MINMAXINDEX: which of several equal extremes is named."""

from __future__ import annotations

import numpy as np
import talib

from .registry import Bars, Params, formula
from .series import Series

SOURCE = ("index of the window's extreme, the newest bar on a tie (TA-Lib #503, after C 0.8.1, which names any of the "
          "tied bars); the generator checks that TA-Lib C agrees wherever there is no tie")


def newest_extreme(values: list[float], period: int, sign: int) -> Series:
    """Index of the largest (sign 1) or smallest (sign -1) value, the last of equal ones.

    TA-Lib C 0.8.1 must name the same bar, or in a tie a bar with the same value.
    """
    out: Series = [None] * (period - 1)
    for i in range(period - 1, len(values)):
        out.append(max(range(i - period + 1, i + 1), key=lambda j: (sign * values[j], j)))
    of_c = (talib.MAXINDEX if sign > 0 else talib.MININDEX)(np.array(values), period)
    for i in range(period - 1, len(values)):
        assert values[of_c[i]] == values[out[i]] and i - period < of_c[i] <= i
        ties = values[i - period + 1 : i + 1].count(values[out[i]])
        assert ties > 1 or of_c[i] == out[i]
    return out


@formula("MAXINDEX", SOURCE)
def maxindex(bars: Bars, p: Params) -> list[Series]:
    """Bar of the highest value."""
    return [newest_extreme(bars["close"], p["timeperiod"], 1)]


@formula("MININDEX", SOURCE)
def minindex(bars: Bars, p: Params) -> list[Series]:
    """Bar of the lowest value."""
    return [newest_extreme(bars["close"], p["timeperiod"], -1)]


@formula("MINMAXINDEX", SOURCE)
def minmaxindex(bars: Bars, p: Params) -> list[Series]:
    """Both."""
    return [newest_extreme(bars["close"], p["timeperiod"], sign) for sign in (-1, 1)]
