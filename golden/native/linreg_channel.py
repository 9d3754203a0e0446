"""The last point of the regression line, and the population deviation of the values from the line."""

from math import sqrt

from _lines import fitted, squared_residuals
from generator.series import combine, rolling

SOURCE = "formula: TradingView, Linear Regression Channel, with the population deviation"
INPUTS = {"series": "close"}
CASES = {
    "default": {"period": 100, "nb_dev": 2.0},
    "short": {"period": 20, "nb_dev": 1.0},
    "shortest": {"period": 2, "nb_dev": 2.0},
}


def expected(columns, params):
    close, n = columns["close"], params["period"]
    end = rolling(close, n, lambda window: fitted(window)[-1])
    spread = rolling(close, n, lambda window: sqrt(squared_residuals(window) / n))
    line = lambda k: combine(lambda e, s: e + k * s, end, spread)
    return [line(params["nb_dev"]), end, line(-params["nb_dev"])]
