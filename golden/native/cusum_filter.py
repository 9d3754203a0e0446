"""Moves beyond a threshold, each looked for from the row after the last one that counted.

The rise of a row is the logarithm less the lowest one since the last rise that counted, that row
included; the fall is measured from the highest one since the last fall.
"""

from math import log

SOURCE = "formula: Lopez de Prado, Advances in Financial Machine Learning (2018), 2.5.2.1, on logarithms"
INPUTS = {"series": "close"}
CASES = {
    "default": {"threshold": 0.05},
    "near": {"threshold": 0.01},
    "far": {"threshold": 0.3},
}


def expected(columns, params):
    logs = [log(close) for close in columns["close"]]
    out = [None]
    last_rise = last_fall = 0
    for row in range(1, len(logs)):
        if max(logs[last_fall : row + 1]) - logs[row] > params["threshold"]:
            out.append(-1)
            last_fall = row
        elif logs[row] - min(logs[last_rise : row + 1]) > params["threshold"]:
            out.append(1)
            last_rise = row
        else:
            out.append(0)
    return [out]
