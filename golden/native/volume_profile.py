"""Each window's volumes spread over their bars' ranges, into bins that are cut afresh."""

from _profile import profile

SOURCE = "formula: TradingView, Volume Profile; value area by pairs of bins, linnsoft.com, method A"
INPUTS = {"high": "high", "low": "low", "volume": "volume"}
CASES = {
    "default": {"period": 100, "bins": 24, "value_area": 70.0},
    "fine": {"period": 30, "bins": 97, "value_area": 50.0},
    "coarse": {"period": 5, "bins": 1, "value_area": 100.0},
    "point": {"period": 10, "bins": 7, "value_area": 0.0},
    "single": {"period": 1, "bins": 12, "value_area": 68.0},
}


def expected(columns, params):
    bars = list(zip(columns["low"], columns["high"], columns["volume"]))
    n, rest = params["period"], (params["bins"], params["value_area"])
    rows = [profile(bars[i - n + 1 : i + 1], *rest) if i >= n - 1 else [None] * 3 for i in range(len(bars))]
    return [list(column) for column in zip(*rows)]
