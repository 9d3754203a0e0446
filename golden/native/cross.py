"""Two series change sides: one is above after it was not, or below after it was not."""

SOURCE = "formula: (a[i] > b[i] and a[i-1] <= b[i-1]) or (a[i] < b[i] and a[i-1] >= b[i-1])"
INPUTS = {"series": "close", "other": "open"}
INPUT = "patterns"  # has touches
CASES = {"default": {}}


def expected(columns, params):
    a, b = columns["close"], columns["open"]
    up = lambda i: a[i] > b[i] and a[i - 1] <= b[i - 1]  # noqa: E731
    down = lambda i: a[i] < b[i] and a[i - 1] >= b[i - 1]  # noqa: E731
    return [[None] + [up(i) or down(i) for i in range(1, len(a))]]
