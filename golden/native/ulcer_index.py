"""Ulcer index: the quadratic mean of the drawdowns in percent, each from the highest value of its own window."""

from math import fsum, sqrt

from generator.series import combine, highest, rolling

SOURCE = "formula: Martin and McCann (1989); StockCharts ChartSchool, Ulcer Index"
INPUTS = {"series": "close"}
CASES = {"default": {"period": 14}, "odd": {"period": 25}, "short": {"period": 5}}


def expected(columns, params):
    close, period = columns["close"], params["period"]
    drawdowns = combine(lambda value, top: 100 * (value - top) / top, close, highest(close, period))
    return [rolling(drawdowns, period, lambda window: sqrt(fsum(v * v for v in window) / period))]
