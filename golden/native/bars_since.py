"""Rows since a condition was true."""

SOURCE = "formula: rows since the last row with a value other than 0"
INPUTS = {"condition": "volume"}
INPUT = "degenerate"  # has rows without volume
CASES = {"default": {}}


def expected(columns, params):
    out, last = [], None
    for i, x in enumerate(columns["volume"]):
        last = i if x != 0 else last
        out.append(None if last is None else float(i - last))
    return [out]
