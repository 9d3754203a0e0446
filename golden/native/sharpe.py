"""Rolling Sharpe ratio of simple returns."""

from math import fsum, sqrt

SOURCE = "formula: Sharpe 1994, ex post"
INPUTS = {"series": "close"}
CASES = {
    "default": {"period": 252, "risk_free": 0.0, "bars_per_year": 252.0},
    "short": {"period": 20, "risk_free": 0.04, "bars_per_year": 252.0},
    "shortest": {"period": 2, "risk_free": 0.0, "bars_per_year": 52.0},
}


def expected(columns, params):
    close, n, year = columns["close"], params["period"], params["bars_per_year"]
    excess = returns(close, params["risk_free"] / year)
    out = [None] * len(close)
    for i in range(n, len(close)):
        window = excess[i - n + 1 : i + 1]
        if min(window) < max(window):
            mean = fsum(window) / n
            deviation = sqrt(fsum((r - mean) ** 2 for r in window) / (n - 1))
            out[i] = mean / deviation * sqrt(year)
    return [out]


def returns(close, less):
    """Simple returns, less a number; none on the first row."""
    return [None] + [b / a - 1 - less for a, b in zip(close, close[1:])]
