"""Psychological Line: the share of rises. pandas-ta shows a row more, which counts a change before the first value."""

SOURCE = "formula: quantshare.com, 100 * count(close > close[1], 12) / 12"
INPUTS = {"series": "close"}
INPUT = "patterns"  # has equal closes in a row
CASES = {"default": {"period": 12}, "long": {"period": 75}, "shortest": {"period": 1}}


def expected(columns, params):
    close, period = columns["close"], params["period"]
    rises = [now > before for before, now in zip(close, close[1:])]
    shares = [100 * sum(rises[i : i + period]) / period for i in range(len(rises) - period + 1)]
    return [[None] * period + shares]
