"""Rises or falls in a row, counted back from each row."""

SOURCE = "formula: Connors, streak of the ConnorsRSI"
INPUTS = {"series": "close"}
INPUT = "degenerate"  # has unchanged values
CASES = {"default": {}}


def expected(columns, params):
    close = columns["close"]
    signs = [0] + [(b > a) - (b < a) for a, b in zip(close, close[1:])]
    out = [None]
    for i in range(1, len(close)):
        start = i
        while start > 1 and signs[start - 1] == signs[i] != 0:
            start -= 1
        out.append(signs[i] * (i - start + 1))
    return [out]
