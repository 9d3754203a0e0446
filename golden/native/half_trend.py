"""everget's script with its names; it begins on the first row with a full window and a bar before."""

from generator.series import rma, true_ranges

SOURCE = "formula: everget, HalfTrend (TradingView, 2021)"
INPUTS = {"high": "high", "low": "low", "close": "close"}
CASES = {
    "default": {"amplitude": 2, "deviation": 2.0, "atr_period": 100},
    "slow": {"amplitude": 10, "deviation": 1.0, "atr_period": 14},
    "shortest": {"amplitude": 1, "deviation": 3.0, "atr_period": 1},
}


def expected(columns, params):
    high, low, close = columns["high"], columns["low"], columns["close"]
    n, rows = params["amplitude"], len(columns["close"])
    atr = rma(true_ranges(high, low, close), params["atr_period"])
    start = max(n - 1, 1)
    trend = next_trend = 0
    max_low, min_high = low[start - 1], high[start - 1]
    up = down = None
    out = [(None, None, None, None)] * rows
    for i in range(start, rows):
        window = slice(i - n + 1, i + 1)
        before = trend
        if next_trend == 1:
            max_low = max(min(low[window]), max_low)
            if sum(high[window]) / n < max_low and close[i] < low[i - 1]:
                trend, next_trend, min_high = 1, 0, max(high[window])
        else:
            min_high = min(max(high[window]), min_high)
            if sum(low[window]) / n > min_high and close[i] > high[i - 1]:
                trend, next_trend, max_low = 0, 1, min(low[window])
        if trend == 0:
            if before != 0:
                up = down
            else:
                up = max_low if up is None else max(max_low, up)
        else:
            if before != 1:
                down = up
            else:
                down = min(min_high, down)
        line = up if trend == 0 else down
        if i >= params["atr_period"]:
            reach = params["deviation"] * atr[i] / 2
            out[i] = (line, line + reach, line - reach, 1 if trend == 0 else -1)
    return [list(column) for column in zip(*out)]
