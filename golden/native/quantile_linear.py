"""Quantile of a window, interpolated linearly."""

from math import floor

from generator.series import rolling

SOURCE = "formula: Hyndman and Fan 1996, type 7"
INPUTS = {"series": "close"}
CASES = {
    "default": {"period": 20, "quantile": 0.8},
    "low": {"period": 60, "quantile": 0.2},
    "shortest": {"period": 1, "quantile": 0.5},
}


def expected(columns, params):
    return [rolling(columns["close"], params["period"], lambda w: quantile(w, params["quantile"]))]


def quantile(window, share):
    ordered = sorted(window)
    place = share * (len(ordered) - 1)
    below = floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
