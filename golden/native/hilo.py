"""Gann HiLo: the side of the last close beyond the previous bar's averages, and the opposite average.

pandas-ta holds the line's value between breaks; in the definition the direction is held and the
line keeps following its average.
"""

SOURCE = "formula: TradingView, Gann High Low; Krausz 1998"
INPUTS = {"high": "high", "low": "low", "close": "close"}
CASES = {
    "default": {"high_period": 13, "low_period": 21},
    "krausz": {"high_period": 3, "low_period": 3},
    "shortest": {"high_period": 1, "low_period": 1},
    "turned": {"high_period": 40, "low_period": 4},
}


def expected(columns, params):
    high, low, close = columns["high"], columns["low"], columns["close"]
    hp, lp = params["high_period"], params["low_period"]
    top = lambda i: sum(high[i - hp + 1 : i + 1]) / hp  # noqa: E731
    bottom = lambda i: sum(low[i - lp + 1 : i + 1]) / lp  # noqa: E731
    first = max(hp, lp)
    line, trend = [None] * first, [None] * first
    for i in range(first, len(close)):
        breaks = [
            j for j in range(first, i + 1) if close[j] > top(j - 1) or close[j] < bottom(j - 1)
        ][-1:]
        up = all(close[j] > top(j - 1) for j in breaks)
        line.append(bottom(i) if up else top(i))
        trend.append(1 if up else -1)
    return [line, trend]
