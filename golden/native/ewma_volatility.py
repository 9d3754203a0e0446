"""RiskMetrics' volatility: squared log returns with fading weights."""

from math import log, sqrt

SOURCE = "formula: RiskMetrics Technical Document 1996"
INPUTS = {"series": "close"}
CASES = {
    "default": {"decay": 0.94, "bars_per_year": 252.0},
    "months": {"decay": 0.97, "bars_per_year": 12.0},
    "no_memory": {"decay": 0.0, "bars_per_year": 365.0},
}


def expected(columns, params):
    close, decay = columns["close"], params["decay"]
    out, variance = [None], None
    for before, now in zip(close, close[1:]):
        square = log(now / before) ** 2
        variance = square if variance is None else decay * variance + (1 - decay) * square
        out.append(100 * sqrt(variance) * sqrt(params["bars_per_year"]))
    return [out]
