"""One level of the latest fall between alternating swings, all legs built afresh at each swing."""

from _legs import legs, nth_last

SOURCE = "formula: low + level * (high - low)"
INPUTS = {"high": "high", "low": "low"}
CASES = {
    "default": {"level": 0.618, "left": 2, "right": 2, "allow_equal_extremes": False, "leg": 1},
    "ties": {"level": 1.272, "left": 1, "right": 2, "allow_equal_extremes": True, "leg": 1},
    "earlier": {"level": 0.0, "left": 3, "right": 1, "allow_equal_extremes": False, "leg": 4},
}


def expected(columns, params):
    chosen = [nth_last(both[1], params["leg"]) for both in legs(columns, params)]
    return [[leg[0] + params["level"] * (leg[1] - leg[0]) if leg else None for leg in chosen]]
