"""DeMark's text: which bars count, the net of their two-bar moves, and the moves' size."""

from math import fsum

SOURCE = "formula: DeMark on Day Trading Options (1999), TD REI"
INPUTS = {"high": "high", "low": "low", "close": "close"}
CASES = {"default": {"period": 5}, "long": {"period": 8}, "single": {"period": 1}}


def expected(columns, params):
    h, l, c, n = columns["high"], columns["low"], columns["close"], params["period"]

    def counts(i):
        one = any(h[i - 2] >= c[i - k] for k in (7, 8)) or any(h[i] >= l[i - k] for k in (5, 6))
        other = any(l[i - 2] <= c[i - k] for k in (7, 8)) or any(l[i] <= h[i - k] for k in (5, 6))
        return one and other

    out = [None] * (n + 7)
    for i in range(n + 7, len(c)):
        window = range(i - n + 1, i + 1)
        net = fsum(h[j] - h[j - 2] + l[j] - l[j - 2] for j in window if counts(j))
        size = fsum(abs(h[j] - h[j - 2]) + abs(l[j] - l[j - 2]) for j in window)
        out.append(100 * net / size if size else None)
    return [out]
