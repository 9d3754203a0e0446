"""Ehlers' cyber cycle and the cycle of the bar before."""

SOURCE = "formula: Ehlers, Cybernetic Analysis for Stocks and Futures (2004), ch. 4"
INPUTS = {"series": "close"}
CASES = {"default": {"alpha": 0.07}, "fast": {"alpha": 0.4}, "undamped": {"alpha": 1.0}}


def expected(columns, params):
    price, alpha = columns["close"], params["alpha"]
    smooth, cycle = [None] * 3, []
    for i in range(3, len(price)):
        smooth.append((price[i] + 2 * price[i - 1] + 2 * price[i - 2] + price[i - 3]) / 6)
    for i in range(len(price)):
        if i < 2:
            cycle.append(0.0)
        elif i < 6:
            cycle.append((price[i] - 2 * price[i - 1] + price[i - 2]) / 4)
        else:
            cycle.append(
                (1 - 0.5 * alpha) ** 2 * (smooth[i] - 2 * smooth[i - 1] + smooth[i - 2])
                + 2 * (1 - alpha) * cycle[i - 1]
                - (1 - alpha) ** 2 * cycle[i - 2]
            )
    return [[None] * 6 + cycle[6:], [None] * 6 + cycle[5:-1]]
