"""Ehlers' roofing filter: a two-pole high-pass filter, then the super smoother; at rest at first."""

from math import cos, exp, pi, sin, sqrt

SOURCE = "formula: Ehlers, Cycle Analytics for Traders (2013), ch. 7"
INPUTS = {"series": "close"}
CASES = {
    "default": {"period": 48, "smooth_period": 10},
    "slow": {"period": 125, "smooth_period": 20},
    "shortest": {"period": 3, "smooth_period": 1},
}


def high_pass(values, period):
    """The second difference with feedback; values before the first row are the first one."""
    angle = 2 * pi / sqrt(2) / period
    alpha = (cos(angle) + sin(angle) - 1) / cos(angle)
    out = []
    for i, x in enumerate(values):
        x1, x2 = values[max(i - 1, 0)], values[max(i - 2, 0)]
        h1 = out[i - 1] if i > 0 else 0.0
        h2 = out[i - 2] if i > 1 else 0.0
        out.append(
            (1 - alpha / 2) ** 2 * (x - 2 * x1 + x2) + 2 * (1 - alpha) * h1 - (1 - alpha) ** 2 * h2
        )
    return out


def super_smoother(values, period):
    """The smoother of the mean of two values, from rest."""
    a1 = exp(-sqrt(2) * pi / period)
    c2 = 2 * a1 * cos(sqrt(2) * pi / period)
    c3 = -a1 * a1
    c1 = 1 - c2 - c3
    out = []
    for i, x in enumerate(values):
        before = values[i - 1] if i > 0 else 0.0
        s1 = out[i - 1] if i > 0 else 0.0
        s2 = out[i - 2] if i > 1 else 0.0
        out.append(c1 * (x + before) / 2 + c2 * s1 + c3 * s2)
    return out


def expected(columns, params):
    out = super_smoother(high_pass(columns["close"], params["period"]), params["smooth_period"])
    return [[None, None] + out[2:]]
