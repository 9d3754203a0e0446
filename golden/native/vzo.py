"""EMA of the signed volume over EMA of the volume; unchanged closes have no sign."""

from _seeded import ema

SOURCE = "formula: Khalil and Steckler (2011), 100 * EMA(sign * volume) / EMA(volume)"
INPUTS = {"close": "close", "volume": "volume"}
CASES = {"default": {"period": 14}, "long": {"period": 60}, "single": {"period": 1}}


def expected(columns, params):
    close, volume, n = columns["close"], columns["volume"], params["period"]
    signed, total = [None], [None]
    for i in range(1, len(close)):
        signed.append(volume[i] if close[i] > close[i - 1] else -volume[i] if close[i] < close[i - 1] else 0.0)
        total.append(volume[i])
    return [[None if v is None else 100 * v / t for v, t in zip(ema(signed, n), ema(total, n))]]
