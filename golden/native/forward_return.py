"""The return from each row to a later one, from the two values."""

from math import log

SOURCE = "formula: series[t + period] / series[t] - 1, or its logarithm"
INPUTS = {"series": "close"}
CASES = {
    "default": {"period": 5, "returns": "simple", "delayed": True},
    "in_the_labelled_row": {"period": 5, "returns": "simple", "delayed": False},
    "logarithm": {"period": 1, "returns": "log", "delayed": False},
}


def expected(columns, params):
    close, n = columns["close"], params["period"]
    pairs = list(zip(close, close[n:]))
    if params["returns"] == "log":
        values = [log(end) - log(start) for start, end in pairs]
    else:
        values = [(end - start) / start for start, end in pairs]
    known = [n] * len(pairs)
    empty = [None] * n
    return [empty + out if params["delayed"] else out + empty for out in (values, known)]
