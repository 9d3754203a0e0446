"""Hannula's efficiency: the straight line over the broken one, with the sign of what was won, smoothed."""

from math import sqrt

from generator.series import ema

SOURCE = "formula: H. Hannula, Stocks & Commodities 12:1 (1994)"
INPUTS = {"series": "close"}
CASES = {
    "default": {"period": 10, "smooth_period": 5},
    "long": {"period": 50, "smooth_period": 3},
    "shortest": {"period": 1, "smooth_period": 1},
}


def expected(columns, params):
    close, n = columns["close"], params["period"]
    raw = [None] * n
    for i in range(n, len(close)):
        won = close[i] - close[i - n]
        way = sum(sqrt((close[j] - close[j - 1]) ** 2 + 1) for j in range(i - n + 1, i + 1))
        sign = (won > 0) - (won < 0)
        raw.append(sign * 100 * sqrt(won**2 + n**2) / way)
    return [ema(raw, params["smooth_period"])]
