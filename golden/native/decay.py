"""A peak that loses 1/period on every row, from the first value on.

Tulip's page also takes the maximum with 0; Tulip's code, whose definition this is, does not. Only series with values
below 0, as this one, show the difference: on signals of 1 and 0, for which it was made, there is none.
"""

SOURCE = "formula: Tulip Indicators, decay: max(a[i], decay[i-1] - 1/period)"
INPUTS = {"series": "unit"}
CASES = {"default": {"period": 5}, "slow": {"period": 60}, "at once": {"period": 1}}


def expected(columns, params):
    a = columns["unit"]
    out = a[:1]
    for value in a[1:]:
        out.append(max(value, out[-1] - 1 / params["period"]))
    return [out]
