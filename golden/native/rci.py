"""Pearson's correlation of the ranks, where equal values share their mean rank, with 1 to n."""

from statistics import StatisticsError, correlation

SOURCE = "formula: Spearman 1904; TradingView, Rank Correlation Index"
INPUTS = {"series": "close"}
CASES = {"default": {"period": 9}, "long": {"period": 26}, "shortest": {"period": 2}}


def expected(columns, params):
    close, n = columns["close"], params["period"]
    out = [None] * (n - 1)
    for i in range(n - 1, len(close)):
        window = close[i - n + 1 : i + 1]
        ordered = sorted(window)
        ranks = [ordered.index(v) + 1 + (ordered.count(v) - 1) / 2 for v in window]
        try:
            out.append(100 * correlation(ranks, range(1, n + 1)))
        except StatisticsError:  # all are equal
            out.append(None)
    return [out]
