"""Bollinger's measure with the bands written out."""

from generator.series import combine, deviation, sma

SOURCE = "formula: TradingView, BBTrend, after J. Bollinger"
INPUTS = {"series": "close"}
CASES = {
    "default": {"fast_period": 20, "slow_period": 50, "nb_dev": 2.0},
    "turned": {"fast_period": 30, "slow_period": 10, "nb_dev": 1.0},
    "shortest": {"fast_period": 2, "slow_period": 3, "nb_dev": 2.5},
}


def expected(columns, params):
    close, k = columns["close"], params["nb_dev"]
    band = lambda n, k: combine(lambda m, s: m + k * s, sma(close, n), deviation(close, n))
    short, long = params["fast_period"], params["slow_period"]
    measure = lambda sl, ll, su, lu, middle: 100 * (abs(sl - ll) - abs(su - lu)) / middle
    return [combine(measure, band(short, -k), band(long, -k), band(short, k), band(long, k), sma(close, short))]
