"""All gaps of three bars are found first; each is then followed until it is filled or a newer one comes."""

SOURCE = "formula: low > high[2], high < low[2]; filled when traded through"
INPUTS = {"high": "high", "low": "low"}
CASES = {"default": {}}


def expected(columns, params):
    high, low = columns["high"], columns["low"]
    rows = range(len(high))
    gaps = {i: (1, low[i], high[i - 2]) for i in rows[2:] if low[i] > high[i - 2]}
    gaps |= {i: (-1, low[i - 2], high[i]) for i in rows[2:] if high[i] < low[i - 2]}
    direction = [None, None] + [gaps[i][0] if i in gaps else 0 for i in rows[2:]]
    top, bottom, filled = [None] * len(rows), [None] * len(rows), [None, None] + [False] * (len(rows) - 2)
    for start, (way, upper, lower) in gaps.items():
        end = min((i for i in gaps if i > start), default=len(rows))
        for i in range(start, end):
            if i > start and (low[i] <= lower if way > 0 else high[i] >= upper):
                filled[i] = True
                break
            top[i], bottom[i] = upper, lower
        else:  # a newer gap may come on the bar that fills this one
            if end < len(rows) and (low[end] <= lower if way > 0 else high[end] >= upper):
                filled[end] = True
    return [direction, top, bottom, filled]
