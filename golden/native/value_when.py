"""The value on the last row, or an earlier one, on which a condition was true."""

SOURCE = "formula: the series where the condition was last true"
INPUTS = {"condition": "volume", "series": "close"}
INPUT = "degenerate"  # has rows without volume
CASES = {"default": {"occurrence": 0}, "third_last": {"occurrence": 2}}


def expected(columns, params):
    out, seen = [], []
    for flag, x in zip(columns["volume"], columns["close"]):
        if flag != 0:
            seen.append(x)
        at = len(seen) - 1 - params["occurrence"]
        out.append(seen[at] if at >= 0 else None)
    return [out]
