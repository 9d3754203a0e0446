"""DecisionPoint's oscillator: averages with the weight 2 / period, each begun with a mean, of ten rates of change."""

from generator.series import combine, ema, masked, rate_of_change, smoothed

SOURCE = "formula: StockCharts ChartSchool, DecisionPoint Price Momentum Oscillator"
INPUTS = {"series": "close"}
CASES = {
    "default": {"period": 35, "smooth_period": 20, "signal_period": 10},
    "short": {"period": 5, "smooth_period": 3, "signal_period": 4},
    "shortest": {"period": 2, "smooth_period": 2, "signal_period": 1},
}


def expected(columns, params):
    n, m = params["period"], params["smooth_period"]
    first = smoothed(rate_of_change(columns["close"], 1), n, 2 / n)
    pmo = smoothed(combine(lambda x: 10 * x, first), m, 2 / m)
    return masked(pmo, ema(pmo, params["signal_period"]))
