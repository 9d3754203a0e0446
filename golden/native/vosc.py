"""Volume oscillator: the gap between two simple averages of the volume, in percent of the slow one."""

from generator.series import combine, sma

SOURCE = "formula: Tulip Indicators, vosc: 100 * (SMA(v, fast) - SMA(v, slow)) / SMA(v, slow)"
INPUTS = {"volume": "volume"}
CASES = {
    "default": {"fast_period": 5, "slow_period": 20},
    "shortest": {"fast_period": 1, "slow_period": 2},
    "classic": {"fast_period": 14, "slow_period": 28},
}


def expected(columns, params):
    volume = columns["volume"]
    fast, slow = sma(volume, params["fast_period"]), sma(volume, params["slow_period"])
    return [combine(lambda f, s: 100 * (f - s) / s, fast, slow)]
