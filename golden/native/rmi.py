"""Altman's index: Wilder's averages of the rises and falls over some bars."""

from generator.series import rma

SOURCE = "formula: R. Altman, Stocks & Commodities 11:2 (1993)"
INPUTS = {"series": "close"}
CASES = {
    "default": {"period": 20, "momentum": 5},
    "short": {"period": 8, "momentum": 3},
    "rsi": {"period": 14, "momentum": 1},
    "shortest": {"period": 1, "momentum": 10},
}


def expected(columns, params):
    close, m = columns["close"], params["momentum"]
    moves = [None] * m + [close[i] - close[i - m] for i in range(m, len(close))]
    part = lambda sign: rma([None if x is None else max(sign * x, 0.0) for x in moves], params["period"])
    ratio = lambda up, down: None if up is None or up + down == 0 else 100 * up / (up + down)
    return [[ratio(up, down) for up, down in zip(part(1), part(-1))]]
