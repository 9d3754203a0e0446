"""Rolling Omega ratio of simple returns."""

from math import fsum

from sharpe import returns

SOURCE = "formula: Keating and Shadwick 2002"
INPUTS = {"series": "close"}
CASES = {
    "default": {"period": 252, "target": 0.0},
    "short": {"period": 20, "target": 0.001},
    "shortest": {"period": 1, "target": 0.0},
}


def expected(columns, params):
    close, n = columns["close"], params["period"]
    excess = returns(close, params["target"])
    out = [None] * len(close)
    for i in range(n, len(close)):
        window = excess[i - n + 1 : i + 1]
        losses = -fsum(r for r in window if r < 0)
        out[i] = fsum(r for r in window if r > 0) / losses if losses > 0 else None
    return [out]
