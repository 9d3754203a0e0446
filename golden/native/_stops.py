"""Stops of a moving average that only tighten: what PMax and OTT share."""


def trailing(average, distance):
    """The stop and the direction on each row with a distance; the first row is an uptrend."""
    stops, trend = [], []
    long = short = None
    direction = 1
    for ma, away in zip(average, distance):
        if away is None or ma is None:
            stops.append(None)
            trend.append(None)
            continue
        below, above = ma - away, ma + away
        if long is None:
            long, short = below, above
        else:
            # The direction is judged by the stops of the bar before.
            if direction == -1 and ma > short:
                direction = 1
            elif direction == 1 and ma < long:
                direction = -1
            long = max(below, long) if ma > long else below
            short = min(above, short) if ma < short else above
        stops.append(long if direction == 1 else short)
        trend.append(direction)
    return stops, trend
