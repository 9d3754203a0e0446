"""The distance from the simple average, in percent of it; pandas-ta gives the fraction."""

from generator.series import combine, sma

SOURCE = "formula: BIAS (Guai Li Lu), 100 * (close - MA) / MA"
INPUTS = {"series": "close"}
CASES = {"default": {"period": 26}, "short": {"period": 6}, "shortest": {"period": 2}}


def expected(columns, params):
    close = columns["close"]
    return [combine(lambda price, mean: 100 * (price - mean) / mean, close, sma(close, params["period"]))]
