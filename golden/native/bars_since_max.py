"""Rows since the highest value of a window, the newest of equal ones unless told otherwise."""

from generator.series import rolling

SOURCE = "formula: rows since the highest value, the newest of ties by default"
INPUTS = {"series": "high"}
INPUT = "degenerate"  # has equal values
CASES = {
    "default": {"period": 20, "ties": "newest"},
    "long": {"period": 60, "ties": "newest"},
    "shortest": {"period": 1, "ties": "newest"},
    "oldest": {"period": 20, "ties": "oldest"},
}


def expected(columns, params):
    ago = oldest if params["ties"] == "oldest" else newest
    return [rolling(columns["high"], params["period"], ago)]


def newest(window):
    return window[::-1].index(max(window))


def oldest(window):
    return len(window) - 1 - window.index(max(window))
