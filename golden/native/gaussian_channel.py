"""Ehlers' filter as one difference equation of as many poles, with the first value before the first row."""

from math import comb, cos, pi, sqrt

SOURCE = "formula: J. Ehlers, Gaussian and Other Low Lag Filters; DonovanWall, Gaussian Channel"
INPUTS = {"high": "high", "low": "low", "close": "close"}
CASES = {
    "default": {"period": 144, "poles": 4, "multiplier": 1.414},
    "two_poles": {"period": 30, "poles": 2, "multiplier": 2.0},
    "one_pole": {"period": 20, "poles": 1, "multiplier": 1.0},
    "many_poles": {"period": 50, "poles": 9, "multiplier": 1.0},
}


def expected(columns, params):
    high, low, close = columns["high"], columns["low"], columns["close"]
    n, poles = params["period"], params["poles"]
    beta = (1 - cos(2 * pi / n)) / (2 ** (1 / poles) - 1)
    alpha = sqrt(beta**2 + 2 * beta) - beta

    def filtered(values):
        out = [values[0]] * poles
        for value in values:
            past = sum((-1) ** (k + 1) * comb(poles, k) * (1 - alpha) ** k * out[-k] for k in range(1, poles + 1))
            out.append(alpha**poles * value + past)
        return out[poles:]

    typical = [(h + l + c) / 3 for h, l, c in zip(high, low, close)]
    ranges = [high[0] - low[0]]
    for i in range(1, len(close)):
        ranges.append(max(high[i] - low[i], abs(high[i] - close[i - 1]), abs(low[i] - close[i - 1])))
    middle, width = filtered(typical), filtered(ranges)
    line = lambda k: [None if i < n - 1 else middle[i] + k * width[i] for i in range(len(close))]
    return [line(params["multiplier"]), line(0), line(-params["multiplier"])]
