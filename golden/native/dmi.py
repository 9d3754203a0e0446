"""Wilder's directional movement system: ADX, and +DI and -DI on the rows where ADX has a value.

Wilder's first sums have `period` changes. TA-Lib's, which start the sums here, have one less and go through a step of
the smoothing before they are used; of the difference, each bar takes away 1/period. Wilder rounds to whole numbers,
TA-Lib does not.
"""

from generator.series import combine, masked, rma, true_ranges

SOURCE = "formula: Wilder, New Concepts in Technical Trading Systems (1978), section IV, with TA-Lib's seed"
INPUTS = {"high": "high", "low": "low", "close": "close"}
CASES = {"default": {"period": 14}, "shortest": {"period": 2}, "odd": {"period": 25}}


def expected(columns, params):
    high, low, close, n = columns["high"], columns["low"], columns["close"], params["period"]
    up, down = [None], [None]
    for i in range(1, len(close)):
        rise, fall = high[i] - high[i - 1], low[i - 1] - low[i]
        up.append(rise if rise > fall and rise > 0 else 0.0)
        down.append(fall if fall > rise and fall > 0 else 0.0)
    ranges = running(true_ranges(high, low, close), n)
    share = lambda moved, total: 100 * moved / total  # noqa: E731
    plus, minus = combine(share, running(up, n), ranges), combine(share, running(down, n), ranges)
    strength = combine(lambda p, m: 100 * abs(p - m) / (p + m), plus, minus)
    return masked(rma(strength, n), plus, minus)


def running(values, n):
    """Wilder's running total, from the sum of the first n - 1 changes; its first value is on bar n."""
    total = sum(values[1:n])
    out = [None] * n
    for value in values[n:]:
        total = total - total / n + value
        out.append(total)
    return out
