"""The change against an earlier value, as a fraction of it."""

SOURCE = "formula: a[i] / a[i-period] - 1"
INPUTS = {"series": "close"}
CASES = {"default": {"period": 1}, "longer": {"period": 21}}


def expected(columns, params):
    close, period = columns["close"], params["period"]
    return [[None] * period + [(now - then) / then for then, now in zip(close, close[period:])]]
