"""Kopyrkin's trailing reverse, with the names of everget's script."""

SOURCE = "formula: K. Kopyrkin, Nick Rypock Trailing Reverse (2001); everget (TradingView)"
INPUTS = {"series": "close"}
CASES = {"default": {"percent": 2.0}, "wide": {"percent": 10.0}, "without_distance": {"percent": 0.0}}


def expected(columns, params):
    close, k = columns["close"], params["percent"] / 100
    hp = lp = close[0]
    rising = True
    line, trend = [], []
    for price in close:
        if rising:
            hp = max(hp, price)
            if price <= hp * (1 - k):
                rising, lp = False, price
        else:
            lp = min(lp, price)
            if price > lp * (1 + k):
                rising, hp = True, price
        line.append(hp * (1 - k) if rising else lp * (1 + k))
        trend.append(1 if rising else -1)
    return [line, trend]
