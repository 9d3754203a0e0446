"""Pivot levels of each month from the month before, by TradingView's table of formulas."""

from itertools import groupby

SOURCE = "formula: TradingView, Pivot Points Standard"
INPUTS = {"open": "open", "high": "high", "low": "low", "close": "close", "session": "session"}
CASES = {
    "default": {"method": "traditional"},
    "classic": {"method": "classic"},
    "fibonacci": {"method": "fibonacci"},
    "camarilla": {"method": "camarilla"},
    "woodie": {"method": "woodie"},
    "demark": {"method": "demark"},
}


def table(method, o, h, l, c, now):
    """p, then resistances, then supports."""
    pp = (h + l + c) / 3
    if method == "traditional":
        return (pp, [pp * 2 - l, pp + (h - l), pp * 2 + (h - 2 * l), pp * 3 + (h - 3 * l)],
                [pp * 2 - h, pp - (h - l), pp * 2 - (2 * h - l), pp * 3 - (3 * h - l)])
    if method == "classic":
        return (pp, [2 * pp - l, pp + (h - l), pp + 2 * (h - l), pp + 3 * (h - l)],
                [2 * pp - h, pp - (h - l), pp - 2 * (h - l), pp - 3 * (h - l)])
    if method == "fibonacci":
        return (pp, [pp + 0.382 * (h - l), pp + 0.618 * (h - l), pp + (h - l), None],
                [pp - 0.382 * (h - l), pp - 0.618 * (h - l), pp - (h - l), None])
    if method == "camarilla":
        return (pp, [c + 1.1 * (h - l) / d for d in (12, 6, 4, 2)], [c - 1.1 * (h - l) / d for d in (12, 6, 4, 2)])
    if method == "woodie":
        pp = (h + l + 2 * now) / 4
        r3, s3 = h + 2 * (pp - l), l - 2 * (h - pp)
        return (pp, [2 * pp - l, pp + (h - l), r3, r3 + (h - l)], [2 * pp - h, pp - (h - l), s3, s3 - (h - l)])
    x = h + l + 2 * c if c == o else 2 * h + l + c if c > o else 2 * l + h + c
    return x / 4, [x / 2 - l, None, None, None], [x / 2 - h, None, None, None]


def expected(columns, params):
    rows, before = [], None
    for _, group in groupby(range(len(columns["session"])), lambda row: columns["session"][row]):
        month = list(group)
        opened = columns["open"][month[0]]
        levels = [None] * 9
        if before:
            p, above, below = table(params["method"], *before, opened)
            levels = [p, *above, *below]
        rows += [levels] * len(month)
        of = lambda name: [columns[name][row] for row in month]  # noqa: E731
        before = (opened, max(of("high")), min(of("low")), of("close")[-1])
    return [list(column) for column in zip(*rows)]
