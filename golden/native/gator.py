"""The distances of the alligator's lines as they are drawn: shifted ahead."""

SOURCE = "formula: Bill Williams, New Trading Dimensions; MetaTrader 5, Gator Oscillator"
INPUTS = {"high": "high", "low": "low"}
CASES = {
    "default": {
        "jaw_period": 13, "teeth_period": 8, "lips_period": 5, "jaw_shift": 8, "teeth_shift": 5, "lips_shift": 3},
    "turned": {
        "jaw_period": 3, "teeth_period": 30, "lips_period": 1, "jaw_shift": 1, "teeth_shift": 0, "lips_shift": 40},
    "unshifted": {
        "jaw_period": 13, "teeth_period": 8, "lips_period": 5, "jaw_shift": 0, "teeth_shift": 0, "lips_shift": 0},
}


def expected(columns, params):
    median = [(high + low) / 2 for high, low in zip(columns["high"], columns["low"])]

    def drawn(line):
        n, shift = params[f"{line}_period"], params[f"{line}_shift"]
        out = [None] * (n - 1) + [sum(median[:n]) / n]
        for price in median[n:]:
            out.append((out[-1] * (n - 1) + price) / n)
        return ([None] * shift + out)[: len(median)]

    rows = []
    for jaw, teeth, lips in zip(drawn("jaw"), drawn("teeth"), drawn("lips")):
        known = None not in (jaw, teeth, lips)
        rows.append((abs(jaw - teeth), -abs(teeth - lips)) if known else (None, None))
    return [list(column) for column in zip(*rows)]
