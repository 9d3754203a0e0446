"""An earlier value."""

SOURCE = "formula: a[i-period]"
INPUTS = {"series": "close"}
CASES = {"default": {"period": 1}, "longer": {"period": 13}}


def expected(columns, params):
    close, period = columns["close"], params["period"]
    return [[None] * period + [close[i - period] for i in range(period, len(close))]]
