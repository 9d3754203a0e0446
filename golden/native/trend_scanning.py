"""The clearest of the lines that begin in a row, each fitted with sums of its own."""

from math import fsum, sqrt

SOURCE = "formula: Lopez de Prado, Machine Learning for Asset Managers (2020), 5.4"
INPUTS = {"series": "close"}
CASES = {
    "default": {"min_period": 5, "max_period": 20, "delayed": True},
    "in_the_labelled_row": {"min_period": 5, "max_period": 20, "delayed": False},
    "one_length": {"min_period": 10, "max_period": 10, "delayed": False},
    "long": {"min_period": 20, "max_period": 40, "delayed": False},
}


def t_value(ys):
    """The slope over its standard error, from the textbook formulas of simple regression."""
    n = len(ys)
    mean_x, mean_y = (n - 1) / 2, fsum(ys) / n
    sxx = fsum((x - mean_x) ** 2 for x in range(n))
    slope = fsum((x - mean_x) * (y - mean_y) for x, y in enumerate(ys)) / sxx
    left = fsum((y - mean_y - slope * (x - mean_x)) ** 2 for x, y in enumerate(ys))
    return slope / sqrt(left / (n - 2) / sxx) if slope else 0.0


def expected(columns, params):
    close, longest, rows = columns["close"], params["max_period"], len(columns["close"])
    delay = longest - 1 if params["delayed"] else 0
    labels, values, lengths, known = ([None] * rows for _ in range(4))
    for row in range(rows - longest + 1):
        tried = [(t_value(close[row : row + n]), n) for n in range(params["min_period"], longest + 1)]
        best = max(tried, key=lambda each: abs(each[0]))
        labels[row + delay] = (best[0] > 0) - (best[0] < 0)
        values[row + delay] = best[0]
        lengths[row + delay] = best[1]
        known[row + delay] = longest - 1
    return [labels, values, lengths, known]
