"""Distance from the mean in population deviations; pandas-ta's divides by one less."""

from math import sqrt

SOURCE = "formula: (x - mean) / (nb_dev * population deviation)"
INPUTS = {"series": "close"}
CASES = {
    "default": {"period": 30, "nb_dev": 1.0},
    "wide": {"period": 75, "nb_dev": 2.5},
    "short": {"period": 3, "nb_dev": 0.5},
}


def expected(columns, params):
    close, period, unit = columns["close"], params["period"], params["nb_dev"]
    out = [None] * len(close)
    for i in range(period - 1, len(close)):
        window = close[i - period + 1 : i + 1]
        mean = sum(window) / period
        deviation = sqrt(sum((x - mean) ** 2 for x in window) / period)
        out[i] = (close[i] - mean) / (unit * deviation) if deviation > 0 else 0.0
    return [out]
