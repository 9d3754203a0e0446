"""Twiggs: AD = V * ((C - TRL) - (TRH - C)) / (TRH - TRL), and Wilder's average of AD over that of V."""

from _seeded import wilder

SOURCE = "formula: Colin Twiggs, Twiggs Money Flow"
INPUTS = {"high": "high", "low": "low", "close": "close", "volume": "volume"}
CASES = {"default": {"period": 21}, "short": {"period": 3}, "single": {"period": 1}}


def expected(columns, params):
    high, low, close, volume = (columns[name] for name in ("high", "low", "close", "volume"))
    flow = [None]
    for i in range(1, len(close)):
        top, bottom = max(high[i], close[i - 1]), min(low[i], close[i - 1])
        flow.append(volume[i] * ((close[i] - bottom) - (top - close[i])) / (top - bottom) if top > bottom else 0.0)
    net, total = wilder(flow, params["period"]), wilder([None, *volume[1:]], params["period"])
    return [[None if a is None else a / v for a, v in zip(net, total)]]
