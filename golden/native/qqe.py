"""QQE line by line as Glaz published it for TradingView: smoothed RSI, trailing bands and trend.

A cross may begin from equality and may not end in it, as in TradingView's `cross`. In pandas-ta an upward one may do
neither and a downward one both, which only ties show: the case without distance has them.
"""

from generator.series import change, combine, ema, first_of, rsi

SOURCE = "formula: Glaz, QQE MT4 (TradingView), after R. Ignatov"
INPUTS = {"series": "close"}
CASES = {
    "default": {"period": 14, "smooth_period": 5, "factor": 4.236},
    "fast": {"period": 5, "smooth_period": 3, "factor": 1.618},
    "without_distance": {"period": 8, "smooth_period": 2, "factor": 0.0},
    "shortest": {"period": 2, "smooth_period": 1, "factor": 3.0},
}


def expected(columns, params):
    wilders = 2 * params["period"] - 1
    line = ema(rsi(columns["close"], params["period"]), params["smooth_period"])
    steps = combine(abs, change(line))
    width = ema(ema(steps, wilders), wilders)
    first = first_of(width)
    out = [[None] * first for _ in range(5)]
    long = short = None
    trend = 1
    for i in range(first, len(line)):
        now, before, distance = line[i], line[i - 1], params["factor"] * width[i]
        new_long, new_short = now - distance, now + distance
        if long is not None:
            # The bands of the last bar against the line, and those before it against the line before.
            if crossed(before, last_short, now, short):
                trend = 1
            elif crossed(before, last_long, now, long):
                trend = -1
            if before > long and now > long:
                new_long = max(long, new_long)
            if before < short and now < short:
                new_short = min(short, new_short)
        last_long, last_short = (long, short) if long is not None else (new_long, new_short)
        long, short = new_long, new_short
        for column, value in zip(out, [long if trend == 1 else short, now, long, short, trend]):
            column.append(value)
    return out


def crossed(before, other_before, now, other):
    """Either way; it may begin from equality."""
    return before <= other_before and now > other or before >= other_before and now < other
