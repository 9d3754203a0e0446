"""EMA of the signed close over EMA of the close; unchanged closes have no sign."""

from _seeded import ema

SOURCE = "formula: Khalil and Steckler (2011), 100 * EMA(sign * close) / EMA(close)"
INPUTS = {"series": "close"}
CASES = {"default": {"period": 14}, "long": {"period": 60}, "single": {"period": 1}}


def expected(columns, params):
    close, n = columns["close"], params["period"]
    signed, total = [None], [None]
    for i in range(1, len(close)):
        signed.append(close[i] if close[i] > close[i - 1] else -close[i] if close[i] < close[i - 1] else 0.0)
        total.append(close[i])
    return [[None if v is None else 100 * v / t for v, t in zip(ema(signed, n), ema(total, n))]]
