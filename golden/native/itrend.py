"""Ehlers' instantaneous trendline and its trigger."""

SOURCE = "formula: Ehlers, Cybernetic Analysis for Stocks and Futures (2004), ch. 3"
INPUTS = {"series": "close"}
CASES = {"default": {"alpha": 0.07}, "fast": {"alpha": 0.4}, "undamped": {"alpha": 1.0}}


def expected(columns, params):
    price, a = columns["close"], params["alpha"]
    line = price[:2]
    for i in range(2, len(price)):
        if i < 6:
            line.append((price[i] + 2 * price[i - 1] + price[i - 2]) / 4)
        else:
            line.append(
                (a - a * a / 4) * price[i]
                + 0.5 * a * a * price[i - 1]
                - (a - 0.75 * a * a) * price[i - 2]
                + 2 * (1 - a) * line[i - 1]
                - (1 - a) ** 2 * line[i - 2]
            )
    trigger = [2 * line[i] - line[i - 2] for i in range(6, len(line))]
    return [[None] * 6 + line[6:], [None] * 6 + trigger]
