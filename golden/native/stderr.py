"""Population deviation of a window over the root of its length.

tulip's is the same, but leaves the rounding of its running sums in a window of equal values.
"""

from math import sqrt

from generator.series import combine, deviation

SOURCE = "formula: Tulip Indicators, stderr: population standard deviation / sqrt(period)"
INPUTS = {"series": "close"}
CASES = {"default": {"period": 5}, "long": {"period": 40}, "shortest": {"period": 2}}


def expected(columns, params):
    period = params["period"]
    return [combine(lambda sigma: sigma / sqrt(period), deviation(columns["close"], period))]
