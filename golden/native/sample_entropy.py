"""Sample entropy of a window, counted pair by pair."""

from math import log
from statistics import pstdev

from generator.series import rolling

SOURCE = "formula: Richman and Moorman 2000"
INPUTS = {"series": "close"}
CASES = {
    "default": {"period": 60, "length": 2, "tolerance": 0.2},
    "longer": {"period": 40, "length": 3, "tolerance": 0.5},
    "shortest": {"period": 5, "length": 1, "tolerance": 1.0},
}


def expected(columns, params):
    length, tolerance = params["length"], params["tolerance"]
    return [rolling(columns["close"], params["period"], lambda w: entropy(w, length, tolerance))]


def entropy(window, length, tolerance):
    apart = tolerance * pstdev(window)
    if min(window) == max(window):
        return None
    starts = len(window) - length

    def alike(one, other, steps):
        return all(abs(window[one + k] - window[other + k]) <= apart for k in range(steps))

    pairs = [(a, b) for a in range(starts) for b in range(a + 1, starts)]
    short = [pair for pair in pairs if alike(*pair, length)]
    long = [pair for pair in short if alike(*pair, length + 1)]
    return log(len(short) / len(long)) if long else None
