"""RSX: changes and their sizes through three double exponential filters each.

The published code answers 50 until max(period - 1, 5) changes are in, which is no value here. pandas-ta starts `period` rows into
what it gets, and rates a size below 1e-12 as none.
"""

SOURCE = "formula: prorealcode.com, Jurik RSX, the public reconstruction"
INPUTS = {"series": "close"}
CASES = {"default": {"period": 14}, "slow": {"period": 40}, "shortest": {"period": 2}}


def expected(columns, params):
    close, period = columns["close"], params["period"]
    alpha = 3 / (period + 2)
    changes = [0.0] + [now - before for before, now in zip(close, close[1:])]
    moves, sizes = changes, [abs(change) for change in changes]
    for _ in range(3):
        moves, sizes = filtered(moves, alpha), filtered(sizes, alpha)
    first = max(period - 1, 5)
    index = [min(max((v / s + 1) * 50, 0.0), 100.0) if s > 0 else 50.0 for v, s in zip(moves, sizes)]
    return [[None] * first + index[first:]]


def filtered(values, alpha):
    """One and a half averages less half of their own average."""
    average = again = 0.0
    out = []
    for value in values:
        average += alpha * (value - average)
        again += alpha * (average - again)
        out.append(1.5 * average - 0.5 * again)
    return out
