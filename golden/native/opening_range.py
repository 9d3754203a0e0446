"""High and low of the first bars of each month, and the side of the latest close outside of them."""

from itertools import groupby

SOURCE = "formula: high and low of a session's first bars, and the latest close beyond them"
INPUTS = {"high": "high", "low": "low", "close": "close", "session": "session"}
CASES = {"default": {"bars": 6}, "first": {"bars": 1}, "month": {"bars": 20}}


def expected(columns, params):
    high, low, close, n, out = columns["high"], columns["low"], columns["close"], params["bars"], []
    for _, group in groupby(range(len(high)), lambda row: columns["session"][row]):
        month = list(group)
        top, bottom = max(high[row] for row in month[:n]), min(low[row] for row in month[:n])
        for place in range(len(month)):
            outside = [close[row] for row in month[n : place + 1] if not bottom <= close[row] <= top]
            side = (1 if outside[-1] > top else -1) if outside else 0
            known = place + 1 >= n
            # The column of whole numbers has values from the end of the warm-up on.
            out.append([top if known else None, bottom if known else None, side if len(out) >= n - 1 else None])
    return [list(column) for column in zip(*out)]
