"""The first move of the latest three alternating swings, set off from the third."""

from _legs import legs, nth_last

SOURCE = "formula: TradingView, Trend-Based Fib Extension: C + level * (B - A)"
INPUTS = {"high": "high", "low": "low"}
CASES = {
    "default": {"left": 2, "right": 2, "allow_equal_extremes": False, "leg": 1},
    "ties": {"left": 1, "right": 1, "allow_equal_extremes": True, "leg": 1},
    "earlier": {"left": 1, "right": 4, "allow_equal_extremes": False, "leg": 3},
}
LEVELS = [0.618, 1.0, 1.272, 1.618, 2.0, 2.618]


def expected(columns, params):
    rows = []
    for rises, falls in legs(columns, params):
        rise, fall = nth_last(rises, params["leg"]), nth_last(falls, params["leg"])
        points = None
        if rise and fall:
            points = (rise[0], rise[1], fall[0]) if rise[2] < fall[2] else (fall[1], fall[0], rise[1])
            meets = rise[1] == fall[1] if rise[2] < fall[2] else fall[0] == rise[0]
            points = points if meets else None
        rows.append([points[2] + level * (points[1] - points[0]) if points else None for level in LEVELS])
    return [list(column) for column in zip(*rows)]
