"""Jensen's alpha a year, and beta, of simple returns."""

from math import fsum

from sharpe import returns

SOURCE = "formula: Jensen 1968"
INPUTS = {"series": "close", "benchmark": "open"}
CASES = {
    "default": {"period": 60, "risk_free": 0.0, "bars_per_year": 252.0},
    "free": {"period": 20, "risk_free": 0.05, "bars_per_year": 252.0},
    "shortest": {"period": 2, "risk_free": 0.0, "bars_per_year": 52.0},
}


def expected(columns, params):
    n, year = params["period"], params["bars_per_year"]
    ys = returns(columns["close"], params["risk_free"] / year)
    xs = returns(columns["open"], params["risk_free"] / year)
    alphas, betas = [None] * len(ys), [None] * len(ys)
    for i in range(n, len(ys)):
        x, y = xs[i - n + 1 : i + 1], ys[i - n + 1 : i + 1]
        mx, my = fsum(x) / n, fsum(y) / n
        spread = fsum((a - mx) ** 2 for a in x)
        if spread > 0:
            betas[i] = fsum((a - mx) * (b - my) for a, b in zip(x, y)) / spread
            alphas[i] = (my - betas[i] * mx) * year
    return [alphas, betas]
