"""Pairs of swings in a row, each followed until it is complete or undone: double tops and bottoms."""


def doubles(high, low, close, params):
    """Flag, top and neckline of double tops; for bottoms all prices are negated."""
    left, right, rows = params["left"], params["right"], len(high)

    def is_swing(i):
        return high[i] > max(high[i - left : i] + high[i + 1 : i + right + 1])

    swings = [i for i in range(left, rows - right) if is_swing(i)]
    flag, tops, necklines = [False] * rows, [None] * rows, [None] * rows
    for number, (one, two) in enumerate(zip(swings, swings[1:])):
        lower, top, neckline = min(high[one], high[two]), max(high[one], high[two]), min(low[one + 1 : two])
        near = abs(high[one] - high[two]) <= params["tolerance"] / 100 * abs(lower)
        if not near or lower - neckline < params["depth"] / 100 * abs(lower):
            continue
        end = swings[number + 2] + right if number + 2 < len(swings) else rows
        for i in range(two + right, end):
            if close[i] < neckline:
                flag[i] = True
                break
            if high[i] > top:
                break
            tops[i], necklines[i] = top, neckline
    first = left + right + min(left, right) + 1
    return [[None] * first + flag[first:], tops, necklines]
