"""The high end of the latest leg between alternating swings, all legs built afresh at each swing."""

from _legs import legs, nth_last

SOURCE = "formula: high end of the last leg between confirmed, alternating swings"
INPUTS = {"high": "high", "low": "low"}
CASES = {
    "default": {"left": 2, "right": 2, "allow_equal_extremes": False, "leg": 1},
    "ties": {"left": 2, "right": 1, "allow_equal_extremes": True, "leg": 2},
    "wide": {"left": 8, "right": 6, "allow_equal_extremes": False, "leg": 1},
}


def expected(columns, params):
    out = []
    for rises, falls in legs(columns, params):
        chosen = [leg for leg in (nth_last(rises, params["leg"]), nth_last(falls, params["leg"])) if leg]
        out.append(max(chosen, key=lambda leg: leg[2])[1] if chosen else None)
    return [out]
