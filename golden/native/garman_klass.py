"""Garman and Klass' volatility, each window averaged afresh."""

from math import fsum, log, sqrt

SOURCE = "formula: Garman and Klass 1980"
INPUTS = {"open": "open", "high": "high", "low": "low", "close": "close"}
CASES = {
    "default": {"period": 20, "bars_per_year": 252.0},
    "short": {"period": 2, "bars_per_year": 52.0},
    "long": {"period": 63, "bars_per_year": 365.0},
}


def expected(columns, params):
    n = params["period"]
    bars = list(zip(*(columns[name] for name in INPUTS)))
    out = [None] * (n - 1)
    for i in range(n - 1, len(bars)):
        mean = fsum(term(*bar) for bar in bars[i - n + 1 : i + 1]) / n
        out.append(100 * sqrt(mean) * sqrt(params["bars_per_year"]) if mean >= 0 else None)
    return [out]


def term(open_, high, low, close):
    return 0.5 * log(high / low) ** 2 - (2 * log(2) - 1) * log(close / open_) ** 2
