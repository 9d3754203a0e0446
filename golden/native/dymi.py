"""Chande and Kroll: td = int(14 / (stdev / mean stdev)) within limits, and the RSI of the last td changes."""

from statistics import mean, pstdev

SOURCE = "formula: T. Chande and S. Kroll, The New Technical Trader (1994), with plain sums in the RSI"
INPUTS = {"series": "close"}
CASES = {
    "default": {"period": 14, "deviation_period": 5, "average_period": 10, "min_period": 3, "max_period": 30},
    "narrow": {"period": 10, "deviation_period": 10, "average_period": 30, "min_period": 5, "max_period": 15},
    "fixed": {"period": 14, "deviation_period": 2, "average_period": 1, "min_period": 7, "max_period": 7},
}


def expected(columns, params):
    close, n, m = columns["close"], params["deviation_period"], params["average_period"]
    stdev = [None] * (n - 1) + [pstdev(close[i - n + 1 : i + 1]) for i in range(n - 1, len(close))]
    first = max(params["max_period"], n - 1 + m - 1)
    out = [None] * first
    for i in range(first, len(close)):
        usual = mean(stdev[i - m + 1 : i + 1])
        if stdev[i] == 0:
            td = params["max_period"]
        else:
            td = int(params["period"] / (stdev[i] / usual))
        td = max(params["min_period"], min(td, params["max_period"]))
        moves = [close[j] - close[j - 1] for j in range(i - td + 1, i + 1)]
        up, down = sum(x for x in moves if x > 0), sum(-x for x in moves if x < 0)
        out.append(100 * up / (up + down) if up + down else None)
    return [out]
