"""The index-th last swing high that is settled, looked for from each row backwards."""

SOURCE = "formula: high of the index-th last bar beyond its neighbours, all of them seen"
INPUTS = {"high": "high"}
INPUT = "patterns"  # has equal highs
CASES = {
    "default": {"index": 1, "left": 2, "right": 2, "allow_equal_extremes": False},
    "ties": {"index": 3, "left": 1, "right": 3, "allow_equal_extremes": True},
    "earlier": {"index": 20, "left": 5, "right": 1, "allow_equal_extremes": False},
}


def expected(columns, params):
    values, left, right = columns["high"], params["left"], params["right"]

    def is_swing(i):
        around = values[i - left : i + right + 1]
        return values[i] == max(around) and (params["allow_equal_extremes"] or around.count(values[i]) == 1)

    def at(row):
        found = 0
        for i in range(row - right, left - 1, -1):
            found += is_swing(i)
            if found == params["index"]:
                return values[i]
        return None

    return [[at(row) for row in range(len(values))]]
