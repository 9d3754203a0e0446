"""Lo and MacKinlay's variance ratio with overlapping returns and their corrections."""

from math import fsum, log

SOURCE = "formula: Lo and MacKinlay 1988"
INPUTS = {"series": "close"}
CASES = {
    "default": {"period": 100, "horizon": 5},
    "two": {"period": 30, "horizon": 2},
    "shortest": {"period": 3, "horizon": 2},
}


def expected(columns, params):
    logs, n, q = [log(x) for x in columns["close"]], params["period"], params["horizon"]
    out = [None] * len(logs)
    for i in range(n, len(logs)):
        x = logs[i - n : i + 1]
        drift = (x[n] - x[0]) / n
        short = fsum((x[k] - x[k - 1] - drift) ** 2 for k in range(1, n + 1)) / (n - 1)
        m = q * (n - q + 1) * (1 - q / n)
        long = fsum((x[k] - x[k - q] - q * drift) ** 2 for k in range(q, n + 1)) / m
        out[i] = long / short if short > 0 else None
    return [out]
