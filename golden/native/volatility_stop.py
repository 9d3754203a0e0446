"""TradingView's volatility stop, from the first row with an average true range on, as an uptrend."""

from generator.series import rma, true_ranges

SOURCE = "formula: TradingView, Volatility Stop; Wilder 1978"
INPUTS = {"high": "high", "low": "low", "close": "close"}
CASES = {
    "default": {"period": 20, "multiplier": 2.0},
    "skender": {"period": 7, "multiplier": 3.0},
    "shortest": {"period": 1, "multiplier": 0.5},
    "on_the_close": {"period": 5, "multiplier": 0.0},
}


def expected(columns, params):
    close, n = columns["close"], params["period"]
    atr = rma(true_ranges(columns["high"], columns["low"], close), n)
    highest = lowest = close[n]
    uptrend, stop = True, float("-inf")
    stops, trend = [None] * n, [None] * n
    for i in range(n, len(close)):
        reach = params["multiplier"] * atr[i]
        highest, lowest = max(highest, close[i]), min(lowest, close[i])
        stop = max(stop, highest - reach) if uptrend else min(stop, lowest + reach)
        before, uptrend = uptrend, close[i] - stop >= 0
        if uptrend != before:
            highest = lowest = close[i]
            stop = highest - reach if uptrend else lowest + reach
        stops.append(stop)
        trend.append(1 if uptrend else -1)
    return [stops, trend]
