"""Rolling Sortino ratio of simple returns."""

from math import fsum, sqrt

from sharpe import returns

SOURCE = "formula: Sortino and Price 1994"
INPUTS = {"series": "close"}
CASES = {
    "default": {"period": 252, "target": 0.0, "bars_per_year": 252.0},
    "short": {"period": 20, "target": 0.04, "bars_per_year": 252.0},
    "shortest": {"period": 1, "target": 0.0, "bars_per_year": 52.0},
}


def expected(columns, params):
    close, n, year = columns["close"], params["period"], params["bars_per_year"]
    excess = returns(close, params["target"] / year)
    out = [None] * len(close)
    for i in range(n, len(close)):
        window = excess[i - n + 1 : i + 1]
        downside = sqrt(fsum(min(r, 0) ** 2 for r in window) / n)
        out[i] = fsum(window) / n / downside * sqrt(year) if downside > 0 else None
    return [out]
