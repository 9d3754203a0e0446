"""A moving average, each simple and weighted one summed afresh, and shares of it above and below."""

from generator.series import combine, ema, rma, rolling, sma

SOURCE = "formula: StockCharts ChartSchool, Moving Average Envelopes"
INPUTS = {"series": "close"}
CASES = {
    "default": {"period": 20, "percent": 2.5, "average": "sma"},
    "ema": {"period": 10, "percent": 5.0, "average": "ema"},
    "wma": {"period": 7, "percent": 1.0, "average": "wma"},
    "trima": {"period": 12, "percent": 1.0, "average": "trima"},
    "trima_odd": {"period": 9, "percent": 1.0, "average": "trima"},
    "rma": {"period": 14, "percent": 3.0, "average": "rma"},
    "shortest": {"period": 1, "percent": 10.0, "average": "wma"},
}


def weighted(weights):
    return lambda window: sum(w * x for w, x in zip(weights, window)) / sum(weights)


def expected(columns, params):
    close, n = columns["close"], params["period"]
    rising = list(range(1, n + 1))
    average = {
        "sma": lambda: sma(close, n),
        "ema": lambda: ema(close, n),
        "rma": lambda: rma(close, n),
        "wma": lambda: rolling(close, n, weighted(rising)),
        "trima": lambda: rolling(close, n, weighted([min(w, n + 1 - w) for w in rising])),
    }[params["average"]]()
    line = lambda percent: combine(lambda m: m * (100 + percent) / 100, average)
    return [line(params["percent"]), average, line(-params["percent"])]
