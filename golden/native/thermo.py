"""Elder's thermometer: today's reach beyond yesterday's range, 0 on an inside day, and its EMA."""

SOURCE = "formula: Elder, Come Into My Trading Room (2002)"
INPUTS = {"high": "high", "low": "low"}
CASES = {
    "default": {"period": 20, "multiplier": 3.0},
    "elder": {"period": 22, "multiplier": 3.0},
    "shortest": {"period": 1, "multiplier": 0.5},
    "quick": {"period": 5, "multiplier": 1.5},
}


def expected(columns, params):
    high, low, n = columns["high"], columns["low"], params["period"]
    heat = [None]
    for i in range(1, len(high)):
        if high[i] <= high[i - 1] and low[i] >= low[i - 1]:
            heat.append(0.0)
        elif high[i] - high[i - 1] > low[i - 1] - low[i]:
            heat.append(high[i] - high[i - 1])
        else:
            heat.append(low[i - 1] - low[i])
    mean = [None] * n + [sum(heat[1 : n + 1]) / n]
    for i in range(n + 1, len(high)):
        mean.append(mean[-1] + 2 / (n + 1) * (heat[i] - mean[-1]))
    rows = range(n, len(high))
    return [
        [None] * n + heat[n:],
        mean,
        [None] * n + [heat[i] < mean[i] for i in rows],
        [None] * n + [heat[i] > params["multiplier"] * mean[i] for i in rows],
    ]
