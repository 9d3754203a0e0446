"""On balance volume from the first bar's volume on, and two exponential averages of it."""

from generator.series import ema, masked

SOURCE = "formula: Granville's on balance volume, EMA(4) and EMA(12) of it (K. Johnson)"
INPUTS = {"close": "close", "volume": "volume"}
CASES = {
    "default": {"fast_period": 4, "slow_period": 12},
    "shortest": {"fast_period": 1, "slow_period": 2},
    "slow": {"fast_period": 20, "slow_period": 50},
}


def expected(columns, params):
    close, volume = columns["close"], columns["volume"]
    total = [volume[0]]
    for i in range(1, len(close)):
        flow = volume[i] if close[i] > close[i - 1] else -volume[i] if close[i] < close[i - 1] else 0.0
        total.append(total[-1] + flow)
    return masked(total, ema(total, params["fast_period"]), ema(total, params["slow_period"]))
