"""Super smoother of 2004, with two or three poles; its first bars are the series itself, not values."""

from math import cos, exp, pi, sqrt

SOURCE = "formula: Ehlers, Cybernetic Analysis for Stocks and Futures (2004), ch. 13"
INPUTS = {"series": "close"}
CASES = {
    "default": {"period": 20, "poles": 2},
    "three": {"period": 20, "poles": 3},
    "shortest": {"period": 1, "poles": 2},
    "short_three": {"period": 3, "poles": 3},
}


def expected(columns, params):
    close, period, poles = columns["close"], params["period"], params["poles"]
    if poles == 2:
        a1 = exp(-sqrt(2) * pi / period)
        b1 = 2 * a1 * cos(sqrt(2) * pi / period)
        coefficients = [b1, -a1 * a1]
    else:
        a1 = exp(-pi / period)
        b1 = 2 * a1 * cos(sqrt(3) * pi / period)
        c1 = a1 * a1
        coefficients = [b1 + c1, -(c1 + b1 * c1), c1 * c1]
    gain = 1 - sum(coefficients)
    filt = close[:poles]
    for price in close[poles:]:
        filt.append(gain * price + sum(c * filt[-1 - k] for k, c in enumerate(coefficients)))
    return [[None] * poles + filt[poles:]]
