"""The volume profile of each month so far, made afresh on each row."""

from _profile import by_session

SOURCE = "formula: TradingView, Session Volume Profile; value area by pairs of bins, linnsoft.com, method A"
INPUTS = {"high": "high", "low": "low", "volume": "volume", "session": "session"}
CASES = {"default": {"bins": 24, "value_area": 70.0}, "fine": {"bins": 200, "value_area": 40.0}}


def expected(columns, params):
    return by_session(columns, params, columns["volume"])
