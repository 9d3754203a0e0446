"""Archer's trends: each average against itself some bars ago.

A long run is a rise of the fast average while the slow one falls or rises, a short run a fall of it. pandas-ta
answers 0 where an average is not there yet; here nothing is said there.
"""

from generator.series import ema

SOURCE = "formula: Archer Moving Averages Trends, TradingView nhQe8QJ0"
INPUTS = {"series": "close"}
CASES = {
    "default": {"fast_period": 8, "slow_period": 21, "run_period": 2},
    "swapped": {"fast_period": 30, "slow_period": 10, "run_period": 5},
    "shortest": {"fast_period": 1, "slow_period": 2, "run_period": 1},
}


def expected(columns, params):
    close, run = columns["close"], params["run_period"]
    fast, slow = ema(close, params["fast_period"]), ema(close, params["slow_period"])
    first = max(params["fast_period"], params["slow_period"]) - 1 + run
    long, short = [None] * first, [None] * first
    for i in range(first, len(close)):
        rise, fall = fast[i] > fast[i - run], fast[i] < fast[i - run]
        slow_rise, slow_fall = slow[i] > slow[i - run], slow[i] < slow[i - run]
        long.append((rise and slow_fall) or (rise and slow_rise))
        short.append((fall and slow_rise) or (fall and slow_fall))
    return [long, short]
