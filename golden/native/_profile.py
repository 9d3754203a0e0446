"""A profile of some bars, made afresh: what the oracles of profiles share.

Amounts that differ by less than a billionth of the total are equal.
"""

from math import fsum


def profile(bars, bins, percent):
    """Point of control, high and low end of the value area, of (low, high, volume); volume None counts bins touched."""
    bottom, top = min(bar[0] for bar in bars), max(bar[1] for bar in bars)
    height = (top - bottom) / bins
    amounts = [fsum(amount(bar, bottom, top, bins, k) for bar in bars) for k in range(bins)]
    total = fsum(amounts)
    if total == 0:
        return [None, None, None]
    near = total * 1e-9
    largest = [k for k in range(bins) if amounts[k] >= max(amounts) - near]
    poc = min(largest, key=lambda k: (abs(k - (bins - 1) / 2), k))
    area = [poc]
    while sum(amounts[k] for k in area) < total * percent / 100 - near and len(area) < bins:
        above = [k for k in (area[-1] + 1, area[-1] + 2) if k < bins]
        below = [k for k in (area[0] - 2, area[0] - 1) if k >= 0]
        more_below = sum(amounts[k] for k in below) > sum(amounts[k] for k in above) + near
        area = below + area if below and (not above or more_below) else area + above
    return [bottom + height * (poc + 0.5), bottom + height * (area[-1] + 1), bottom + height * area[0]]


def amount(bar, bottom, top, bins, k):
    """What a bar adds to bin k."""
    low, high, volume = bar

    def number(price):
        return min(int((price - bottom) / (top - bottom) * bins), bins - 1) if top > bottom else 0

    if volume is None:
        return float(number(low) <= k <= number(high))
    if high == low:
        return volume if number(low) == k else 0.0
    edges = [bottom + (top - bottom) / bins * edge for edge in (k, k + 1)]
    return volume * max(0.0, min(high, edges[1]) - max(low, edges[0])) / (high - low)


def by_session(columns, params, volume):
    """The profile of the month so far on each row."""
    keys, out = columns["session"], []
    for row, key in enumerate(keys):
        start = row
        while start > 0 and keys[start - 1] == key:
            start -= 1
        bars = [(columns["low"][i], columns["high"][i], volume[i]) for i in range(start, row + 1)]
        out.append(profile(bars, params["bins"], params["value_area"]))
    return [list(column) for column in zip(*out)]
