"""Shannon entropy of the shares of a window in its sum, in bits."""

from math import fsum, log2

from generator.series import rolling

SOURCE = "formula: Shannon 1948, -sum(p log2 p), p = a / sum of the window"
INPUTS = {"series": "volume"}
CASES = {"default": {"period": 10}, "long": {"period": 64}, "shortest": {"period": 2}}


def expected(columns, params):
    return [rolling(columns["volume"], params["period"], entropy)]


def entropy(window):
    """In bits; a share of 0 adds nothing."""
    total = fsum(window)
    return -fsum(v / total * log2(v / total) for v in window if v > 0)
