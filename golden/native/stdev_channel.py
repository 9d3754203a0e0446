"""The last point of the regression line, and the population deviation of the values from their mean."""

from _lines import fitted
from generator.series import combine, deviation, rolling

SOURCE = "formula: Skender, Standard Deviation Channels, the last row of each window"
INPUTS = {"series": "close"}
CASES = {
    "default": {"period": 100, "nb_dev": 2.0},
    "skender": {"period": 20, "nb_dev": 2.0},
    "shortest": {"period": 2, "nb_dev": 1.0},
}


def expected(columns, params):
    close, n = columns["close"], params["period"]
    end = rolling(close, n, lambda window: fitted(window)[-1])
    line = lambda k: combine(lambda e, s: e + k * s, end, deviation(close, n))
    return [line(params["nb_dev"]), end, line(-params["nb_dev"])]
