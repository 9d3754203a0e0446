"""Half-life of an Ornstein-Uhlenbeck process, from a regression of changes on values."""

from math import fsum, log

SOURCE = "formula: E. Chan, Algorithmic Trading (2013), ch. 2"
INPUTS = {"series": "close"}
CASES = {"default": {"period": 100}, "short": {"period": 20}, "shortest": {"period": 3}}


def expected(columns, params):
    close, n = columns["close"], params["period"]
    out = [None] * len(close)
    for i in range(n, len(close)):
        before = close[i - n : i]
        changes = [close[j] - close[j - 1] for j in range(i - n + 1, i + 1)]
        mb, mc = fsum(before) / n, fsum(changes) / n
        spread = fsum((b - mb) ** 2 for b in before)
        if spread > 0:
            slope = fsum((b - mb) * (c - mc) for b, c in zip(before, changes)) / spread
            out[i] = -log(2) / slope if slope < 0 else None
    return [out]
