"""Blau's ergodic oscillator in percent, all lines from where the signal is known; EMAs are seeded with the mean."""

from generator.series import change, combine, ema, masked

SOURCE = "formula: Blau, Momentum, Direction, and Divergence (1995), Ergodic(r, s) and its EMA"
INPUTS = {"series": "close"}
CASES = {
    "default": {"fast_period": 5, "slow_period": 20, "signal_period": 5},
    "longer": {"fast_period": 13, "slow_period": 25, "signal_period": 10},
    "shortest": {"fast_period": 2, "slow_period": 2, "signal_period": 1},
}


def expected(columns, params):
    fast, slow = params["fast_period"], params["slow_period"]
    moves = change(columns["close"])
    twice = lambda values: ema(ema(values, slow), fast)  # noqa: E731
    index = combine(lambda move, size: 100 * move / size if size else 0.0, twice(moves), twice(combine(abs, moves)))
    signal = ema(index, params["signal_period"])
    return masked(index, signal, combine(lambda line, average: line - average, index, signal))
