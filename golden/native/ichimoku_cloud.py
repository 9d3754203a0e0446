"""Ichimoku's five lines where a chart draws them: midpoints of windows, the spans moved forward."""

SOURCE = "formula: Hosoda's midpoints; spans of displacement bars ago, close of displacement bars later"
INPUTS = {"high": "high", "low": "low", "close": "close"}
CASES = {
    "default": {"tenkan_period": 9, "kijun_period": 26, "senkou_b_period": 52, "displacement": 26, "shift_chikou": False},
    "drawn": {"tenkan_period": 9, "kijun_period": 26, "senkou_b_period": 52, "displacement": 26, "shift_chikou": True},
    "other_order": {"tenkan_period": 30, "kijun_period": 7, "senkou_b_period": 1, "displacement": 5, "shift_chikou": True},
    "unmoved": {"tenkan_period": 2, "kijun_period": 3, "senkou_b_period": 5, "displacement": 0, "shift_chikou": False},
}


def expected(columns, params):
    high, low, close = columns["high"], columns["low"], columns["close"]
    rows, moved = len(high), params["displacement"]
    periods = [params[name] for name in ("tenkan_period", "kijun_period", "senkou_b_period")]

    def midpoint(row, period):
        return (max(high[row - period + 1 : row + 1]) + min(low[row - period + 1 : row + 1])) / 2

    def lines(row):
        later = row + moved if params["shift_chikou"] else row
        if row - moved - max(periods) + 1 < 0 or later >= rows:
            return [None] * 5
        tenkan, kijun, senkou_b = periods
        span_a = (midpoint(row - moved, tenkan) + midpoint(row - moved, kijun)) / 2
        return [midpoint(row, tenkan), midpoint(row, kijun), span_a, midpoint(row - moved, senkou_b), close[later]]

    return [list(column) for column in zip(*(lines(row) for row in range(rows)))]
