"""Two swing highs in a row at nearly the same price, and a close below the lowest low between them."""

from _double import doubles

SOURCE = "formula: Bulkowski (2000), double tops: tolerance, depth and a close beyond the neckline"
INPUTS = {"high": "high", "low": "low", "close": "close"}
CASES = {
    "default": {"left": 5, "right": 5, "tolerance": 3.0, "depth": 3.0},
    "loose": {"left": 1, "right": 2, "tolerance": 10.0, "depth": 0.0},
    "strict": {"left": 4, "right": 1, "tolerance": 1.0, "depth": 2.0},
}


def expected(columns, params):
    return doubles(columns["high"], columns["low"], columns["close"], params)
