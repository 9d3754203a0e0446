"""Andersen's bands: the line and its standard errors first, then a simple average of each band."""

from math import sqrt

from _lines import fitted, squared_residuals
from generator.series import rolling, sma

SOURCE = "formula: J. Andersen, Standard Error Bands, Stocks & Commodities 14:9 (1996)"
INPUTS = {"series": "close"}
CASES = {
    "default": {"period": 21, "smooth_period": 3, "multiplier": 2.0},
    "unsmoothed": {"period": 10, "smooth_period": 1, "multiplier": 1.0},
    "shortest": {"period": 3, "smooth_period": 5, "multiplier": 3.0},
}


def expected(columns, params):
    n = params["period"]

    def band(k):
        point = lambda window: fitted(window)[-1] + k * sqrt(squared_residuals(window) / (n - 2))
        return sma(rolling(columns["close"], n, point), params["smooth_period"])

    return [band(params["multiplier"]), band(0), band(-params["multiplier"])]
