"""Holt-Winters moving average: level, trend and acceleration, from the first price at rest."""

SOURCE = "formula: MQL5 code base 20856, F + V + 0.5 * A"
INPUTS = {"series": "close"}
CASES = {"default": {"na": 0.2, "nb": 0.1, "nc": 0.1}, "quick": {"na": 0.7, "nb": 0.3, "nc": 0.05}}


def expected(columns, params):
    na, nb, nc = params["na"], params["nb"], params["nc"]
    level, trend, acceleration, out = columns["close"][0], 0.0, 0.0, []
    for price in columns["close"]:
        was, drift = level, trend
        level = (1 - na) * (was + drift + 0.5 * acceleration) + na * price
        trend = (1 - nb) * (drift + acceleration) + nb * (level - was)
        acceleration = (1 - nc) * acceleration + nc * (trend - drift)
        out.append(level + trend + 0.5 * acceleration)
    return [out]
