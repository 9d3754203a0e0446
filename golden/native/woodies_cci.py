"""Two CCIs, and the side of 0 that the first one was last on for some bars in a row."""

from _cci import cci
from generator.series import masked

SOURCE = "formula: K. Wood, Woodies CCI Club; TradingView, Woodies CCI"
INPUTS = {"high": "high", "low": "low", "close": "close"}
CASES = {
    "default": {"period": 14, "turbo_period": 6, "trend_bars": 6},
    "turned": {"period": 5, "turbo_period": 30, "trend_bars": 3},
    "at_once": {"period": 20, "turbo_period": 10, "trend_bars": 1},
}


def expected(columns, params):
    slow, bars = cci(columns, params["period"]), params["trend_bars"]
    trend = []
    for row, value in enumerate(slow):
        last = [x for x in slow[max(0, row - bars + 1) : row + 1] if x is not None]
        if len(last) == bars and all(x > 0 for x in last):
            trend.append(1)
        elif len(last) == bars and all(x < 0 for x in last):
            trend.append(-1)
        else:
            trend.append(None if value is None else trend[-1] or 0)
    return masked(slow, cci(columns, params["turbo_period"]), trend)
