"""DeMark's oscillator: averages of the rises of the high and of the falls of the low."""

SOURCE = "formula: T. DeMark, The New Science of Technical Analysis; MetaTrader 5"
INPUTS = {"high": "high", "low": "low"}
CASES = {"default": {"period": 14}, "thirteen": {"period": 13}, "shortest": {"period": 1}}


def expected(columns, params):
    high, low, n = columns["high"], columns["low"], params["period"]
    out = [None] * n
    for i in range(n, len(high)):
        bars = range(i - n + 1, i + 1)
        de_max = sum(max(high[j] - high[j - 1], 0) for j in bars) / n
        de_min = sum(max(low[j - 1] - low[j], 0) for j in bars) / n
        out.append(de_max / (de_max + de_min) if de_max + de_min else None)
    return [out]
