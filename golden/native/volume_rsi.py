"""RSI's formula over the volume of rises and of falls, with Wilder's averages."""

from _seeded import wilder

SOURCE = "formula: 100 - 100 / (1 + average up volume / average down volume)"
INPUTS = {"close": "close", "volume": "volume"}
CASES = {"default": {"period": 14}, "short": {"period": 2}, "long": {"period": 50}}


def expected(columns, params):
    close, volume, n = columns["close"], columns["volume"], params["period"]
    rows = range(1, len(close))
    up = wilder([None] + [volume[i] if close[i] > close[i - 1] else 0.0 for i in rows], n)
    down = wilder([None] + [volume[i] if close[i] < close[i - 1] else 0.0 for i in rows], n)

    def index(u, d):
        if u is None or u == d == 0:
            return None
        return 100 - 100 / (1 + u / d) if d else 100.0

    return [[index(u, d) for u, d in zip(up, down)]]
