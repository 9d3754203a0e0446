"""A difference of fractional order, with the weights as binomial coefficients."""

from math import fsum

SOURCE = "formula: sum((-1)^k * binomial(order, k) * series[t - k]), k < period"
INPUTS = {"series": "close"}
CASES = {
    "default": {"order": 0.4, "period": 100},
    "short": {"order": 0.75, "period": 10},
    "above_one": {"order": 1.5, "period": 30},
    "shortest": {"order": 1.0, "period": 2},
}


def binomial(order, k):
    """order * (order - 1) * ... * (order - k + 1) / k!"""
    product = 1.0
    for i in range(k):
        product = product * (order - i) / (i + 1)
    return product


def expected(columns, params):
    close, n = columns["close"], params["period"]
    weights = [(-1) ** k * binomial(params["order"], k) for k in range(n)]
    out = [None] * (n - 1)
    for row in range(n - 1, len(close)):
        out.append(fsum(weight * close[row - k] for k, weight in enumerate(weights)))
    return [out]
