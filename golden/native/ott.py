"""OTT as its script has it, but for the beginning: Chande's average starts with the first close that has a CMO."""

from _stops import trailing

SOURCE = "formula: A. Ozeksi, Optimized Trend Tracker, by K. Ozbilgic (TradingView)"
INPUTS = {"series": "close"}
CASES = {
    "default": {"period": 2, "percent": 1.4, "cmo_period": 9},
    "slow": {"period": 20, "percent": 3.0, "cmo_period": 14},
    "shortest": {"period": 1, "percent": 0.5, "cmo_period": 1},
}


def expected(columns, params):
    close, n, percent = columns["close"], params["cmo_period"], params["percent"]
    alpha = 2 / (params["period"] + 1)
    average = [None] * n
    for i in range(n, len(close)):
        moves = [close[j] - close[j - 1] for j in range(i - n + 1, i + 1)]
        up, down = sum(m for m in moves if m > 0), sum(-m for m in moves if m < 0)
        cmo = (up - down) / (up + down) if up + down else 0.0
        before = close[i] if average[-1] is None else average[-1]
        average.append(alpha * abs(cmo) * close[i] + (1 - alpha * abs(cmo)) * before)
    stops, trend = trailing(average, [None if a is None else a * percent / 100 for a in average])
    line = []
    for ma, stop in zip(average, stops):
        line.append(None if ma is None else stop * (200 + percent if ma > stop else 200 - percent) / 200)
    return [line, average, trend]
