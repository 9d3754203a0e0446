"""Squared correlation of a window with time."""

from autocorrelation import pearson
from generator.series import rolling

SOURCE = "formula: Chande and Kroll, The New Technical Trader (1994)"
INPUTS = {"series": "close"}
CASES = {"default": {"period": 14}, "long": {"period": 60}, "shortest": {"period": 2}}


def expected(columns, params):
    return [rolling(columns["close"], params["period"], fit)]


def fit(window):
    correlation = pearson(list(range(len(window))), window)
    return None if correlation is None else correlation**2
