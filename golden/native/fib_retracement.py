"""Fibonacci levels of the latest legs between alternating swings, all legs built afresh at each swing."""

from _legs import legs, nth_last

SOURCE = "formula: levels between the last confirmed, alternating swings"
INPUTS = {"high": "high", "low": "low"}
CASES = {
    "default": {"left": 2, "right": 2, "allow_equal_extremes": False, "leg": 1},
    "ties": {"left": 1, "right": 1, "allow_equal_extremes": True, "leg": 1},
    "earlier": {"left": 1, "right": 4, "allow_equal_extremes": False, "leg": 3},
}
LEVELS = [0.236, 0.382, 0.5, 0.618, 0.786]


def expected(columns, params):
    rows = []
    for rises, falls in legs(columns, params):
        rise, fall = nth_last(rises, params["leg"]), nth_last(falls, params["leg"])
        last = max((leg for leg in (rise, fall) if leg), key=lambda leg: leg[2], default=None)
        anchors = [last[1], last[0]] if last else [None, None]
        down = [rise[1] - level * (rise[1] - rise[0]) if rise else None for level in LEVELS]
        up = [fall[0] + level * (fall[1] - fall[0]) if fall else None for level in LEVELS]
        rows.append(anchors + down + up)
    return [list(column) for column in zip(*rows)]
