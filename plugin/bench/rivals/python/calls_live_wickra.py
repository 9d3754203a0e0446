"""wickra, bar by bar: one object for each feature of each symbol, through its Python wheel."""

import wickra
from calls_wickra import FUNCTIONS
from calls_talib import open_input

packages = ["wickra"]

FEATURES = {
    **FUNCTIONS,
    "wma": ("WMA", ["period"], ["close"], None),
    "roc": ("ROC", ["period"], ["close"], None),
    "willr": ("WilliamsR", ["period"], ["high", "low", "close"], None),
    "mfi": ("MFI", ["period"], ["high", "low", "close", "volume"], None),
    "sar": ("PSAR", ["acceleration", "acceleration", "maximum"], ["high", "low"], None),
}


def machine(indicator):
    """How the feature takes a bar, and which part of the bar it reads."""
    name, names, columns, _ = FEATURES[indicator["id"]]
    params = [indicator["params"][name] for name in names]
    return getattr(wickra, name)(*params).update, 0 if columns == ["close"] else 1


def call(spec, arrays):
    live = spec["live"]
    bars = candles(arrays)
    symbols = [[machine(one) for one in spec["indicators"]] for _ in range(live["symbols"])]
    count = len(bars)
    state = {"row": 0}

    def steps(rows):
        values = None
        for row in range(state["row"], state["row"] + rows):
            for symbol, machines in enumerate(symbols):
                bar = bars[(row + 37 * symbol) % count]
                values = [update(bar[part]) for update, part in machines]
        state["row"] += rows
        return spec["indicators"], values

    steps(live["warm"])
    return lambda: steps(live["updates"])


def candles(arrays):
    """The close of each bar, and the bar as wickra takes it."""
    names = ["open", "high", "low", "close", "volume"]
    rows = zip(*(arrays[name].tolist() for name in names))
    return [(row[3], (*row, 0)) for row in rows]


def columns(found):
    import numpy

    indicators, values = found
    first = []
    for indicator, value in zip(indicators, values):
        outputs = FEATURES[indicator["id"]][3]
        first.append(numpy.array([value if outputs is None else value[outputs[0]]]))
    return first


def size(value):
    return 0
