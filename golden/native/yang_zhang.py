"""Yang and Zhang's volatility: gaps, bodies and ranges."""

from math import fsum, log, sqrt
from statistics import variance

SOURCE = "formula: Yang and Zhang 2000"
INPUTS = {"open": "open", "high": "high", "low": "low", "close": "close"}
CASES = {
    "default": {"period": 20, "bars_per_year": 252.0},
    "shortest": {"period": 2, "bars_per_year": 52.0},
    "long": {"period": 63, "bars_per_year": 365.0},
}


def expected(columns, params):
    n = params["period"]
    bars = list(zip(*(columns[name] for name in INPUTS)))
    k = 0.34 / (1.34 + (n + 1) / (n - 1))
    out = [None] * n
    for i in range(n, len(bars)):
        rows = range(i - n + 1, i + 1)
        gaps = variance([log(bars[j][0] / bars[j - 1][3]) for j in rows])
        bodies = variance([log(bars[j][3] / bars[j][0]) for j in rows])
        ranges = fsum(rogers_satchell(*bars[j]) for j in rows) / n
        total = gaps + k * bodies + (1 - k) * ranges
        out.append(100 * sqrt(total) * sqrt(params["bars_per_year"]) if total >= 0 else None)
    return [out]


def rogers_satchell(open_, high, low, close):
    return log(high / close) * log(high / open_) + log(low / close) * log(low / open_)
