"""The profile of each month so far by bars that touch a bin, made afresh on each row."""

from _profile import by_session

SOURCE = "formula: Steidlmayer's TPO counts; value area by pairs of bins, linnsoft.com, method A"
INPUTS = {"high": "high", "low": "low", "session": "session"}
CASES = {"default": {"bins": 24, "value_area": 70.0}, "fine": {"bins": 150, "value_area": 40.0}}


def expected(columns, params):
    return by_session(columns, params, [None] * len(columns["low"]))
