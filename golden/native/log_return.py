"""The logarithm of the ratio to an earlier value."""

from math import log

SOURCE = "formula: ln(a[i] / a[i-period])"
INPUTS = {"series": "close"}
CASES = {"default": {"period": 1}, "longer": {"period": 21}}


def expected(columns, params):
    close, period = columns["close"], params["period"]
    return [[None] * period + [log(now / then) for then, now in zip(close, close[period:])]]
