"""Legs between alternating swings, built afresh at each swing: what the Fibonacci oracles share."""


def legs(columns, params):
    """For each row, all (low, high, end) between alternating swings that are settled there: rises, and falls."""
    left, right, ties = params["left"], params["right"], params["allow_equal_extremes"]

    def is_swing(values, i, best):
        around = values[i - left : i + right + 1]
        return values[i] == best(around) and (ties or around.count(values[i]) == 1)

    high, low = columns["high"], columns["low"]
    swings, known = [], []
    for row in range(len(high)):
        bar = row - right
        if bar >= left:
            found = [(bar, kind, values[bar]) for kind, values, best in (("high", high, max), ("low", low, min))
                     if is_swing(values, bar, best)]
            if len(found) == 2:  # the one that ends the move so far comes first; without a move, neither counts
                found = sorted(found, key=lambda s: s[1] == swings[-1][1]) if swings else []
            swings += found
        known.append(between(alternating(swings)) if bar >= left and found else known[-1] if known else ([], []))
    return known


def alternating(swings):
    kept = []
    for bar, kind, value in swings:
        if not kept or kept[-1][1] != kind:
            kept.append((bar, kind, value))
        elif value >= kept[-1][2] if kind == "high" else value <= kept[-1][2]:
            kept[-1] = (bar, kind, value)
    return kept


def between(swings):
    rises, falls = [], []
    for (start, _, first), (end, kind, second) in zip(swings, swings[1:]):
        low, high = (first, second) if kind == "high" else (second, first)
        if start < end and low < high:
            (rises if kind == "high" else falls).append((low, high, end))
    return rises, falls


def nth_last(items, n):
    return items[-n] if len(items) >= n else None
