"""Klinger's volume force of 1997: volume * |2 * dm / cm - 1| * 100 * trend, with TA-Lib's ties and first bar."""

SOURCE = "formula: Klinger (1997), volume * |2 * dm / cm - 1| * 100 * trend"
INPUTS = {"high": "high", "low": "low", "close": "close", "volume": "volume"}
CASES = {"default": {}}


def expected(columns, params):
    high, low, close, volume = (columns[name] for name in ("high", "low", "close", "volume"))
    rows = range(len(high))
    total = [high[i] + low[i] + close[i] for i in rows]
    dm = [high[i] - low[i] for i in rows]
    trend = [1]
    for i in rows[1:]:
        trend.append(1 if total[i] > total[i - 1] else -1 if total[i] < total[i - 1] else trend[-1])
    out = [None]
    for i in rows[1:]:
        first = i  # of the run that this bar belongs to; the bar before it lends its range
        while first > 1 and trend[first - 1] == trend[i]:
            first -= 1
        cm = sum(dm[first - 1 : i + 1])
        out.append(volume[i] * abs(2 * dm[i] / cm - 1) * 100 * trend[i] if cm else 0.0)
    return [out]
