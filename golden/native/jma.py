"""Jurik moving average, stage by stage as the published reconstruction names them.

The volatility is averaged over 65 bars there ("Jurik use 65"). pandas-ta's slice has 66, which moves its
values by up to 2 in 1,000; with 66 here, the two are the same.
"""

from math import fsum, log, sqrt

SOURCE = "formula: 'Jurik' (Forex-TSD, jurik_1.pdf), the public reconstruction"
INPUTS = {"series": "close"}
CASES = {
    "default": {"period": 7, "phase": 0.0},
    "lagging": {"period": 20, "phase": -60.0},
    "overshooting": {"period": 2, "phase": 100.0},
    "long": {"period": 50, "phase": 30.0},
}


SUM_BARS, AVERAGE_BARS = 10, 65


def expected(columns, params):
    close, length = columns["close"], params["period"]
    half = 0.5 * (length - 1)
    len1 = max(log(sqrt(half)) / log(2) + 2, 0) if half else 0.0
    pow1 = max(len1 - 2, 0.5)
    len2 = sqrt(half) * len1
    beta = 0.45 * (length - 1) / (0.45 * (length - 1) + 2)
    phase_ratio = params["phase"] / 100 + 1.5
    relative = relative_volatility(close, len1 ** (1 / pow1), pow1, len2 / (len2 + 1))
    ma1 = line = close[0]
    det0 = det1 = 0.0
    out = [line]
    for price, ratio in zip(close[1:], relative):
        alpha = beta ** ratio**pow1
        ma1 = (1 - alpha) * price + alpha * ma1
        det0 = (price - ma1) * (1 - beta) + beta * det0
        ma2 = ma1 + phase_ratio * det0
        det1 = (ma2 - line) * (1 - alpha) ** 2 + alpha**2 * det1
        line += det1
        out.append(line)
    return [[None] * (length - 1) + out[length - 1 :]]


def relative_volatility(close, most, pow1, base):
    """The distance from the Jurik bands over its average, from the second bar on."""
    upper = lower = close[0]
    volatility, sums, out = [0.0], [0.0], []
    for price in close[1:]:
        above, below = price - upper, price - lower
        volatility.append(max(abs(above), abs(below)) if abs(above) != abs(below) else 0.0)
        sums.append(fsum(volatility[-SUM_BARS:]) / SUM_BARS)
        recent = sums[-AVERAGE_BARS:]
        average = fsum(recent) / len(recent)
        out.append(max(1.0, min(most, volatility[-1] / average if average else 0.0)))
        decay = base ** sqrt(out[-1] ** pow1)
        upper = price if above > 0 else price - decay * above
        lower = price if below < 0 else price - decay * below
    return out
