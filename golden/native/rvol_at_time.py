"""Volume of the month so far over the mean of the months before after as many bars, all sums afresh."""

from itertools import groupby
from statistics import fmean

SOURCE = "formula: volume / mean(volume of earlier sessions at the same bar)"
INPUTS = {"volume": "volume", "session": "session"}
CASES = {
    "default": {"period": 10, "cumulative": True},
    "bar": {"period": 3, "cumulative": False},
    "last": {"period": 1, "cumulative": True},
}


def expected(columns, params):
    keys, volume, n = columns["session"], columns["volume"], params["period"]
    months = [[volume[row] for row in group] for _, group in groupby(range(len(keys)), lambda row: keys[row])]
    out = []
    for number, month in enumerate(months):
        for bar in range(len(month)):
            if number < n:
                out.append(None)
                continue
            earlier = months[number - n : number]
            if params["cumulative"]:
                usual = fmean(sum(other[: bar + 1]) for other in earlier)
                out.append(sum(month[: bar + 1]) / usual)
            else:
                there = [other[bar] for other in earlier if bar < len(other)]
                out.append(month[bar] / fmean(there) if there else None)
    return [out]
