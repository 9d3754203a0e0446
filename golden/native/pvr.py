"""Macek's rank, as in MetaStock's formula."""

SOURCE = "formula: Macek (1994), MetaStock"
INPUTS = {"close": "close", "volume": "volume"}
INPUT = "patterns"
CASES = {"default": {}}
RANKS = {(1, 1): 1, (1, -1): 2, (-1, -1): 3, (-1, 1): 4}


def expected(columns, params):
    def direction(values, i):
        return (values[i] > values[i - 1]) - (values[i] < values[i - 1])

    close, volume = columns["close"], columns["volume"]
    pairs = [(direction(close, i), direction(volume, i)) for i in range(1, len(close))]
    return [[None] + [RANKS.get(pair, 0) for pair in pairs]]
