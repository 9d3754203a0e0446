"""TradingView's rules of tweezer tops and bottoms, without that about dojis."""

from statistics import fmean

from _seeded import ema

SOURCE = "formula: TradingView, Tweezer Top and Tweezer Bottom"
INPUTS = {"open": "open", "high": "high", "low": "low", "close": "close"}
INPUT = "patterns"
CASES = {
    "default": {"trend_period": 50, "body_period": 14, "tolerance": 0.05},
    "loose": {"trend_period": 5, "body_period": 10, "tolerance": 0.5},
    "exact": {"trend_period": 1, "body_period": 1, "tolerance": 0.0},
    "body": {"trend_period": 3, "body_period": 30, "tolerance": 0.2},
}


def expected(columns, params):
    o, h, l, c = (columns[name] for name in INPUTS)
    n, tolerance = params["trend_period"], params["tolerance"]
    usual = ema([abs(close - start) for start, close in zip(o, c)], params["body_period"])
    first = max(n, params["body_period"])
    top, bottom = [None] * first, [None] * first
    for i in range(first, len(c)):
        trend = fmean(c[i - n : i])
        long = abs(c[i - 1] - o[i - 1]) > usual[i - 1]
        near = tolerance * usual[i]
        top.append(long and c[i - 1] > trend and o[i - 1] < c[i - 1] and c[i] < o[i] and abs(h[i] - h[i - 1]) <= near)
        bottom.append(
            long and c[i - 1] < trend and c[i - 1] < o[i - 1] and o[i] < c[i] and abs(l[i] - l[i - 1]) <= near)
    return [top, bottom]
