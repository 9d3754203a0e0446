"""TD Sequential counts, from where a run of 13 may have been seen whole; each is counted backwards from its bar."""

SOURCE = "formula: DeMark, The New Science of Technical Analysis (1994): closes against the fourth before, up to 13"
INPUTS = {"series": "close"}
INPUT = "patterns"  # has equal closes
CASES = {"default": {}}


def expected(columns, params):
    close = columns["close"]
    first = 4 + 13 - 1

    def count(i, holds):
        run = 0
        while run < 13 and holds(close[i - run], close[i - run - 4]):
            run += 1
        return run

    rows = range(first, len(close))
    up = [count(i, lambda now, then: now > then) for i in rows]
    down = [count(i, lambda now, then: now < then) for i in rows]
    return [[None] * first + up, [None] * first + down]
