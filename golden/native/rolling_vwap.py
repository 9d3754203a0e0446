"""Mean and population deviation of the typical price, weighted by volume, each window afresh."""

from session_vwap import lines

SOURCE = "formula: sum(v * p) / sum(v) of the window, and the population deviation around it"
INPUTS = {"high": "high", "low": "low", "close": "close", "volume": "volume"}
CASES = {
    "default": {"period": 20, "multiplier": 1.0},
    "wide": {"period": 100, "multiplier": 2.5},
    "single": {"period": 1, "multiplier": 1.0},
}


def expected(columns, params):
    first = params["period"] - 1
    starts = [row - first if row >= first else None for row in range(len(columns["close"]))]
    return lines(columns, starts, params["multiplier"])
