"""Smoothed averages of the median price: a simple mean first, then a part 1/n of each new price."""

SOURCE = "formula: Bill Williams, New Trading Dimensions, SMMA of (high + low) / 2"
INPUTS = {"high": "high", "low": "low"}
CASES = {
    "default": {"jaw_period": 13, "teeth_period": 8, "lips_period": 5},
    "turned": {"jaw_period": 3, "teeth_period": 30, "lips_period": 1},
    "shortest": {"jaw_period": 1, "teeth_period": 1, "lips_period": 1},
}


def expected(columns, params):
    median = [(high + low) / 2 for high, low in zip(columns["high"], columns["low"])]
    first = max(params.values()) - 1

    def smma(n):
        out = [None] * (n - 1) + [sum(median[:n]) / n]
        for price in median[n:]:
            out.append((out[-1] * (n - 1) + price) / n)
        return [None] * first + out[first:]

    return [smma(params[f"{line}_period"]) for line in ("jaw", "teeth", "lips")]
