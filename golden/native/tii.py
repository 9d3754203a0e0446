"""Pee's index: the positive of the last distances between close and simple average, against all of them."""

SOURCE = "formula: M. H. Pee, Stocks & Commodities 20:6 (2002), each close against its own average"
INPUTS = {"series": "close"}
CASES = {
    "default": {"period": 60, "deviation_period": 30},
    "short": {"period": 14, "deviation_period": 7},
    "shortest": {"period": 2, "deviation_period": 1},
}


def expected(columns, params):
    close, n, m = columns["close"], params["period"], params["deviation_period"]
    distance = [None] * (n - 1) + [close[i] - sum(close[i - n + 1 : i + 1]) / n for i in range(n - 1, len(close))]
    first = n - 1 + m - 1
    out = [None] * first
    for i in range(first, len(close)):
        window = distance[i - m + 1 : i + 1]
        up, down = sum(d for d in window if d > 0), -sum(d for d in window if d < 0)
        out.append(100 * up / (up + down) if up + down else None)
    return [out]
