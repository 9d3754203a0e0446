"""Katsanos' MetaStock formula, line by line; EMAs are seeded with the simple mean as TA-Lib's are.

pandas-ta's own vfi compares the change with 20 % of the price, which hardly any bar reaches.
"""

from math import log
from statistics import fmean, pstdev

SOURCE = "formula: Katsanos, Stocks & Commodities 22:6 (2004), MetaStock"
INPUTS = {"high": "high", "low": "low", "close": "close", "volume": "volume"}
CASES = {
    "default": {"period": 130, "volatility_period": 30, "smooth_period": 3, "coef": 0.2, "volume_coef": 2.5},
    "short": {"period": 5, "volatility_period": 2, "smooth_period": 1, "coef": 0.1, "volume_coef": 0.8},
    "single": {"period": 1, "volatility_period": 10, "smooth_period": 4, "coef": 1.0, "volume_coef": 1.5},
    "all_count": {"period": 20, "volatility_period": 20, "smooth_period": 5, "coef": 0.0, "volume_coef": 1000.0},
}


def expected(columns, params):
    high, low, close, volume = (columns[name] for name in ("high", "low", "close", "volume"))
    n, m, s = params["period"], params["volatility_period"], params["smooth_period"]
    rows = len(close)
    typical = [(high[i] + low[i] + close[i]) / 3 for i in range(rows)]
    inter = [None] + [log(typical[i]) - log(typical[i - 1]) for i in range(1, rows)]
    signed, vave = {}, {}
    for i in range(max(n, m), rows):
        cutoff = params["coef"] * pstdev(inter[i - m + 1 : i + 1]) * close[i]
        vave[i] = fmean(volume[i - n : i])
        vmax = vave[i] * params["volume_coef"]
        vc = volume[i] if volume[i] < vmax else vmax
        mf = typical[i] - typical[i - 1]
        signed[i] = vc if mf > cutoff else -vc if mf < -cutoff else 0.0
    first = max(n, m) + n - 1
    raw = [sum(signed[j] for j in range(i - n + 1, i + 1)) / vave[i] for i in range(first, rows)]
    smooth = [fmean(raw[:s])]
    for value in raw[s:]:
        smooth.append(smooth[-1] + 2 / (s + 1) * (value - smooth[-1]))
    return [[None] * (first + s - 1) + smooth]
