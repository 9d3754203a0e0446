"""Buying and selling pressure of each bar, summed afresh."""

from math import fsum

SOURCE = "formula: DeMark (1997), TD Pressure; AmiBroker"
INPUTS = {"open": "open", "high": "high", "low": "low", "close": "close", "volume": "volume"}
CASES = {
    "default": {"period": 13, "gap": 15.0},
    "gaps": {"period": 5, "gap": 1.0},
    "all_gaps": {"period": 8, "gap": 0.0},
    "single": {"period": 1, "gap": 15.0},
}


def expected(columns, params):
    o, h, l, c, v = (columns[name] for name in INPUTS)
    n, gap = params["period"], params["gap"] / 100
    buying, selling = [0.0], [0.0]
    for i in range(1, len(c)):
        if (o[i] - c[i - 1]) / c[i - 1] > gap:
            pressures = (h[i] - c[i - 1] + c[i] - l[i]) * v[i], 0.0
        elif (c[i - 1] - o[i]) / o[i] > gap:
            pressures = 0.0, (c[i - 1] - l[i] + h[i] - c[i]) * v[i]
        else:
            pressures = max(c[i] - o[i], 0.0) * v[i], max(o[i] - c[i], 0.0) * v[i]
        buying.append(pressures[0])
        selling.append(pressures[1])
    out = [None] * n
    for i in range(n, len(c)):
        b, s = fsum(buying[i - n + 1 : i + 1]), fsum(selling[i - n + 1 : i + 1])
        out.append(100 * b / (b + s) if b + s else None)
    return [out]
