"""Wilder's parabolic stop and reverse, one trade after the other, each by his table.

A trade begins with the stop at the extreme of the trade before. Each day the stop moves towards the
trade's own extreme by a share that grows with every new extreme, and stays out of the bars of that
day and the day before. Which way the first trade goes, Wilder leaves open: as in TA-Lib it is short
where the first low fell by more than the high rose, and its stop is the far end of the first bar.
"""

SOURCE = "formula: Wilder, New Concepts in Technical Trading Systems (1978), begun as TA-Lib's SAR"
INPUTS = {"high": "high", "low": "low"}
CASES = {
    "default": {"af_start": 0.02, "af_increment": 0.02, "af_max": 0.2},
    "slow_start": {"af_start": 0.01, "af_increment": 0.03, "af_max": 0.2},
    "fast_start": {"af_start": 0.15, "af_increment": 0.01, "af_max": 0.18},
    "capped": {"af_start": 0.5, "af_increment": 0.02, "af_max": 0.1},
}


def trade(high, low, first, stop, extreme, is_long, params):
    """The stops of one trade from its first bar on, and where the next begins."""
    best, worst = (max, min) if is_long else (min, max)
    hoped, feared = (high, low) if is_long else (low, high)
    news = 0
    stops = []
    for day in range(first, len(high)):
        touched = feared[day] <= stop if is_long else feared[day] >= stop
        if touched and (stops or day == 1):
            return stops, day, extreme
        stops.append(stop)
        if best(hoped[day], extreme) != extreme:
            extreme, news = hoped[day], news + 1
        start, step = min(params["af_start"], params["af_max"]), min(params["af_increment"], params["af_max"])
        share = min(start + news * step, params["af_max"])
        stop = worst(stop + share * (extreme - stop), feared[day], feared[max(day - 1, 1)])
    return stops, len(high), extreme


def expected(columns, params):
    high, low = columns["high"], columns["low"]
    is_long = not max(high[1] - high[0], 0) < low[0] - low[1]
    stop, extreme = (low[0], high[1]) if is_long else (high[0], low[1])
    sar, direction, day = [None], [None], 1
    while day < len(high):
        stops, end, extreme = trade(high, low, day, stop, extreme, is_long, params)
        sar += stops
        direction += [1 if is_long else -1] * len(stops)
        if end == len(high):
            break
        # The new trade's stop is the old extreme, out of the bars of the reversal and before it.
        day, is_long = end, not is_long
        bars = [end, max(end - 1, 1)]
        if is_long:
            stop, extreme = min(extreme, *(low[b] for b in bars)), high[end]
        else:
            stop, extreme = max(extreme, *(high[b] for b in bars)), low[end]
    return [sar, direction]
