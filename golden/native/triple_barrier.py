"""The first of three barriers, found by walking through the bars after each row price by price."""

from math import fsum

SOURCE = "formula: Lopez de Prado, Advances in Financial Machine Learning (2018), 3.4, with barriers in true ranges"
INPUTS = {"open": "open", "high": "high", "low": "low", "close": "close"}
CASES = {
    "default": {"period": 20, "upper": 2.0, "lower": 2.0, "range_period": 14, "delayed": True},
    "in_the_labelled_row": {"period": 20, "upper": 2.0, "lower": 2.0, "range_period": 14, "delayed": False},
    "near": {"period": 10, "upper": 0.3, "lower": 0.3, "range_period": 5, "delayed": False},
    "only_above": {"period": 7, "upper": 1.0, "lower": 0.0, "range_period": 20, "delayed": False},
    "only_below": {"period": 7, "upper": 0.0, "lower": 1.0, "range_period": 1, "delayed": True},
}


def outcome(bars, row, above, below, last):
    """The label, the price at which it ended and the row of that price. A barrier at the close has to be passed."""
    close = bars["close"][row]
    for i in range(row + 1, last + 1):
        # The open comes first; of the rest of the bar only the extremes are known, the low is feared first.
        for price, label_above, label_below in (
            (bars["open"][i], bars["open"][i], bars["open"][i]),
            (bars["low"][i], None, below),
            (bars["high"][i], above, None),
        ):
            if label_below is not None and below is not None and (price < below or price == below < close):
                return -1, label_below, i
            if label_above is not None and above is not None and (price > above or price == above > close):
                return 1, label_above, i
    return 0, bars["close"][last], last


def expected(columns, params):
    high, low, close = columns["high"], columns["low"], columns["close"]
    n, window, rows = params["period"], params["range_period"], len(columns["close"])
    true_ranges = [None] + [
        max(high[i] - low[i], abs(high[i] - close[i - 1]), abs(low[i] - close[i - 1])) for i in range(1, rows)
    ]
    delay = n if params["delayed"] else 0
    labels, changes, known = [None] * rows, [None] * rows, [None] * rows
    for row in range(window, rows - n):
        mean = fsum(true_ranges[row - window + 1 : row + 1]) / window
        above = close[row] + params["upper"] * mean if params["upper"] else None
        below = close[row] - params["lower"] * mean if params["lower"] else None
        label, price, end = outcome(columns, row, above, below, row + n)
        labels[row + delay] = label
        changes[row + delay] = (price - close[row]) / close[row]
        known[row + delay] = end - row
    return [labels, changes, known]
