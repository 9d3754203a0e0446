"""AR and BR, both from where BR is known.

Where nothing reached down there is no value. pandas-ta adds 2e-16 to all distances of a kind when one is 0, and divides.
"""

from math import fsum

SOURCE = "formula: AR = 100 * sum(H - O) / sum(O - L), BR = 100 * sum(max(0, H - C[1])) / sum(max(0, C[1] - L))"
INPUTS = {"open": "open", "high": "high", "low": "low", "close": "close"}
CASES = {"default": {"period": 26}, "short": {"period": 9}}


def expected(columns, params):
    o, h, l, c = (columns[name] for name in ("open", "high", "low", "close"))  # noqa: E741
    period = params["period"]
    ar, br = [None] * period, [None] * period
    for i in range(period, len(c)):
        rows = range(i - period + 1, i + 1)
        ar.append(share((h[j] - o[j] for j in rows), (o[j] - l[j] for j in rows)))
        br.append(share((max(0.0, h[j] - c[j - 1]) for j in rows), (max(0.0, c[j - 1] - l[j]) for j in rows)))
    return [ar, br]


def share(up, down):
    """The sums' quotient in percent."""
    up, down = fsum(up), fsum(down)
    return 100 * up / down if down else None
