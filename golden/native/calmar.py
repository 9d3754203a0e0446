"""Rolling Calmar ratio: compound return a year over the deepest fall of the window."""

SOURCE = "formula: Young 1991"
INPUTS = {"series": "close"}
CASES = {
    "default": {"period": 252, "bars_per_year": 252.0},
    "short": {"period": 20, "bars_per_year": 252.0},
    "months": {"period": 36, "bars_per_year": 12.0},
}


def expected(columns, params):
    close, n = columns["close"], params["period"]
    out = [None] * len(close)
    for i in range(n, len(close)):
        window = close[i - n : i + 1]
        falls = [1 - x / max(window[: k + 1]) for k, x in enumerate(window)]
        yearly = (window[-1] / window[0]) ** (params["bars_per_year"] / n) - 1
        out[i] = yearly / max(falls) if max(falls) > 0 else None
    return [out]
