"""Historical value at risk and the mean of the losses beyond it."""

from math import floor, fsum

from sharpe import returns

SOURCE = "formula: historical simulation; Rockafellar and Uryasev 2000"
INPUTS = {"series": "close"}
CASES = {
    "default": {"period": 100, "confidence": 0.95},
    "strict": {"period": 250, "confidence": 0.99},
    "shortest": {"period": 2, "confidence": 0.5},
}


def expected(columns, params):
    close, n = columns["close"], params["period"]
    moves = returns(close, 0.0)
    risk, tail_risk = [None] * len(close), [None] * len(close)
    for i in range(n, len(close)):
        ordered = sorted(moves[i - n + 1 : i + 1])
        place = (1 - params["confidence"]) * (n - 1)
        below = floor(place)
        above = min(below + 1, n - 1)
        quantile = ordered[below] + (place - below) * (ordered[above] - ordered[below])
        tail = [r for r in ordered if r <= quantile]
        risk[i], tail_risk[i] = -quantile, -fsum(tail) / len(tail)
    return [risk, tail_risk]
