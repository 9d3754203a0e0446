"""wickra: state machines in Rust that are updated value by value. Its batch functions are measured."""

import numpy
import wickra
from calls_talib import open_input

packages = ["wickra", "numpy"]

# By our id: its name, its parameters in its order under our names, the columns that it reads, and
# which of its outputs are ours.
FUNCTIONS = {
    "sma": ("SMA", ["period"], ["close"], None),
    "ema": ("EMA", ["period"], ["close"], None),
    "rsi": ("RSI", ["period"], ["close"], None),
    "macd": ("MACD", ["fast_period", "slow_period", "signal_period"], ["close"], [0, 1, 2]),
    "bbands": ("BollingerBands", ["period", "nb_dev_up"], ["close"], [0, 1, 2]),
    "atr": ("ATR", ["period"], ["high", "low", "close"], None),
    "adx": ("ADX", ["period"], ["high", "low", "close"], [2]),
    "stoch": ("Stochastic", ["fastk_period", "slowd_period"], ["high", "low", "close"], [0, 1]),
    "cci": ("CCI", ["period"], ["high", "low", "close"], None),
    "obv": ("OBV", [], ["close", "volume"], None),
}

# How it is known to differ.
BECAUSE = {"stoch": "it does not slow %K", "obv": "it begins at 0"}


def call(spec, arrays):
    if spec.get("over") or not all(indicator["id"] in FUNCTIONS for indicator in spec["indicators"]):
        return None
    calls = []
    for indicator in spec["indicators"]:
        name, names, columns, outputs = FUNCTIONS[indicator["id"]]
        params = [indicator["params"][name] for name in names]
        calls.append((getattr(wickra, name), params, [arrays[column] for column in columns], outputs))
    return lambda: [(batch(make(*params), inputs), outputs) for make, params, inputs, outputs in calls]


def batch(machine, inputs):
    """Calls the faster batch function, if there is one."""
    return getattr(machine, "batch_fast", machine.batch)(*inputs)


def because(spec):
    return BECAUSE.get(spec["indicators"][0]["id"])


def columns(results):
    made = []
    for result, outputs in results:
        if outputs is None:
            made.append(numpy.asarray(result))
        else:
            rows = numpy.array(result.tolist())
            made.extend(rows[:, output].copy() for output in outputs)
    return made


def size(value):
    if isinstance(value, dict):
        return sum(array.nbytes for array in value.values())
    return sum(8 * (len(r) if o is None else r.shape[0] * r.shape[1]) for r, o in value)
