"""Rows since the lowest value of a window, the newest of equal ones unless told otherwise."""

from generator.series import rolling

SOURCE = "formula: rows since the lowest value, the newest of ties by default"
INPUTS = {"series": "low"}
INPUT = "degenerate"  # has equal values
CASES = {
    "default": {"period": 20, "ties": "newest"},
    "long": {"period": 60, "ties": "newest"},
    "shortest": {"period": 1, "ties": "newest"},
    "oldest": {"period": 20, "ties": "oldest"},
}


def expected(columns, params):
    ago = oldest if params["ties"] == "oldest" else newest
    return [rolling(columns["low"], params["period"], ago)]


def newest(window):
    return window[::-1].index(min(window))


def oldest(window):
    return len(window) - 1 - window.index(min(window))
