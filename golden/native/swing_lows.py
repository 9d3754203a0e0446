"""Bars whose low is the minimum of its neighbourhood, and, unless ties may be, the only one there."""

SOURCE = "formula: low beyond all left and right neighbours"
INPUTS = {"low": "low"}
INPUT = "patterns"  # has equal lows
CASES = {
    "default": {"left": 2, "right": 2, "allow_equal_extremes": False, "confirmed": True},
    "on_the_swing_bar": {"left": 2, "right": 2, "allow_equal_extremes": False, "confirmed": False},
    "ties": {"left": 4, "right": 1, "allow_equal_extremes": True, "confirmed": False},
    "confirmed": {"left": 1, "right": 5, "allow_equal_extremes": False, "confirmed": True},
    "confirmed_ties": {"left": 2, "right": 3, "allow_equal_extremes": True, "confirmed": True},
}


def expected(columns, params):
    values, left, right = columns["low"], params["left"], params["right"]
    out = [None] * len(values)
    for i in range(left, len(values) - right):
        around = values[i - left : i + right + 1]
        alone = params["allow_equal_extremes"] or around.count(values[i]) == 1
        out[i + right if params["confirmed"] else i] = values[i] == min(around) and alone
    return [out]
