"""All swings of the series are found first; each is compared with the one of its kind before it."""

SOURCE = "formula: TradingView, RSI Divergence Indicator"
INPUTS = {"series": "other", "high": "high", "low": "low"}
CASES = {
    "default": {"left": 5, "right": 5, "min_bars": 5, "max_bars": 60},
    "fast": {"left": 1, "right": 1, "min_bars": 1, "max_bars": 30},
    "uneven": {"left": 2, "right": 4, "min_bars": 8, "max_bars": 20},
}


def expected(columns, params):
    series, left, right = columns["other"], params["left"], params["right"]
    rows = len(series)
    first = left + right + max(min(left, right) + 1, params["min_bars"])
    marks = {name: [False] * rows for name in ("bullish", "bearish", "hidden_bullish", "hidden_bearish")}
    for kind, prices, best in (("bullish", columns["low"], min), ("bearish", columns["high"], max)):
        def is_swing(i):
            around = series[i - left : i + right + 1]
            return series[i] == best(around) and around.count(series[i]) == 1

        def further(values, one, two):
            return values[one] != values[two] and best(values[one], values[two]) == values[two]

        swings = [i for i in range(left, rows - right) if is_swing(i)]
        for one, two in zip(swings, swings[1:]):
            if not params["min_bars"] <= two - one <= params["max_bars"] or prices[one] == prices[two]:
                continue
            price, value = further(prices, one, two), further(series, one, two)
            if series[one] != series[two] and price != value:
                marks[kind if price else f"hidden_{kind}"][two + right] = True
    return [[None] * first + flags[first:] for flags in marks.values()]
