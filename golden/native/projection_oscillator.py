"""Where the close is between Widner's projection bands."""

from projection_bands import expected as bands

SOURCE = "formula: M. Widner, Stocks & Commodities 13:7 (1995)"
INPUTS = {"high": "high", "low": "low", "close": "close"}
CASES = {"default": {"period": 14}, "long": {"period": 40}, "shortest": {"period": 2}}


def expected(columns, params):
    upper, lower = bands(columns, params)
    rows = zip(columns["close"], upper, lower)
    return [[None if up is None or up == down else 100 * (close - down) / (up - down) for close, up, down in rows]]
