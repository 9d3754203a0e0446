"""A peak that loses the fraction 1/period of itself on every row, from the first value on."""

SOURCE = "formula: Tulip Indicators, edecay: max(a[i], edecay[i-1] * (1 - 1/period))"
INPUTS = {"series": "unit"}
CASES = {"default": {"period": 5}, "slow": {"period": 60}, "at once": {"period": 1}}


def expected(columns, params):
    a = columns["unit"]
    out = a[:1]
    for value in a[1:]:
        out.append(max(value, out[-1] * (1 - 1 / params["period"])))
    return [out]
