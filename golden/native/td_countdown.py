"""DeMark's rules bar by bar: each countdown is followed from its setup on until it is over."""

SOURCE = "formula: DeMark (1994), Perl (2008): countdown after a setup of nine"
INPUTS = {"high": "high", "low": "low", "close": "close"}
INPUT = "patterns"
CASES = {"default": {}}


def expected(columns, params):
    high, low, close = columns["high"], columns["low"], columns["close"]
    buy = side(high, low, close)
    sell = side([-v for v in low], [-v for v in high], [-v for v in close])
    return [[None] * 12 + counted[12:] for counted in (buy, sell)]


def setups(close):
    """Rows on which nine closes in a row are below those four bars earlier, after one that is not."""
    lower = [i >= 4 and close[i] < close[i - 4] for i in range(len(close))]
    return {i for i in range(12, len(close)) if all(lower[i - 8 : i + 1]) and not lower[i - 9]}


def side(high, low, close):
    """The buyer's numbers; for the seller all prices are negated."""
    starts, ends = setups(close), setups([-v for v in close])
    out, free = [0] * len(close), 0
    for start in sorted(starts):
        if start < free:  # the countdown before it still runs
            continue
        stop = max(max(high[i], close[i - 1]) for i in range(start - 8, start + 1))
        numbered = []
        for i in range(start, len(close)):
            free = i
            if i > start and (i in ends or min(low[i], close[i - 1]) > stop):
                break
            if close[i] <= low[i - 2] and (len(numbered) < 12 or low[i] <= close[numbered[7]]):
                numbered.append(i)
            out[i] = len(numbered)
            if len(numbered) == 13:
                free = i + 1
                break
        else:
            free = len(close)
    return out
