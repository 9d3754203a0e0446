"""Historical volatility: the population deviation of log returns, in percent a year."""

from math import fsum, log, sqrt

SOURCE = "formula: TradingView, Historical Volatility"
INPUTS = {"series": "close"}
CASES = {
    "default": {"period": 20, "bars_per_year": 252.0},
    "shortest": {"period": 2, "bars_per_year": 52.0},
    "long": {"period": 63, "bars_per_year": 365.0},
}


def expected(columns, params):
    close, n = columns["close"], params["period"]
    returns = [None] + [log(close[i] / close[i - 1]) for i in range(1, len(close))]
    out = [None] * n
    for i in range(n, len(close)):
        window = returns[i - n + 1 : i + 1]
        mean = fsum(window) / n
        deviation = sqrt(fsum((r - mean) ** 2 for r in window) / n)
        out.append(100 * deviation * sqrt(params["bars_per_year"]))
    return [out]
