"""Bars that stand out among their neighbours, by comparing each with all of them."""

SOURCE = "formula: high (low) beyond all left and right neighbours"
INPUTS = {"high": "high", "low": "low"}
INPUT = "patterns"  # has equal highs and lows
CASES = {
    "default": {"left": 2, "right": 2, "allow_equal_extremes": False, "confirmed": True},
    "on_the_swing_bar": {"left": 2, "right": 2, "allow_equal_extremes": False, "confirmed": False},
    "ties": {"left": 1, "right": 3, "allow_equal_extremes": True, "confirmed": False},
    "wide": {"left": 10, "right": 5, "allow_equal_extremes": False, "confirmed": False},
    "confirmed": {"left": 3, "right": 2, "allow_equal_extremes": False, "confirmed": True},
}


def expected(columns, params):
    left, right, ties = params["left"], params["right"], params["allow_equal_extremes"]

    def marks(values, sign):
        beats = (lambda a, b: a >= b) if ties else (lambda a, b: a > b)
        out = [None] * len(values)
        for i in range(left, len(values) - right):
            others = values[i - left : i] + values[i + 1 : i + right + 1]
            out[i] = all(beats(sign * values[i], sign * other) for other in others)
        # A confirmed mark stands on the last of the bars that it took.
        return [None] * right + out[:-right] if params["confirmed"] else out

    return [marks(columns["high"], 1), marks(columns["low"], -1)]
