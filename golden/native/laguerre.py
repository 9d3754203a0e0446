"""Ehlers' Laguerre filter; all stages begin at the first value."""

SOURCE = "formula: Ehlers, Time Warp - Without Space Travel (2002)"
INPUTS = {"series": "close"}
CASES = {"default": {"gamma": 0.8}, "fast": {"gamma": 0.3}, "undamped": {"gamma": 0.0}}


def expected(columns, params):
    price, gamma = columns["close"], params["gamma"]
    stages, out = [price[0]] * 4, []
    for x in price:
        l0 = (1 - gamma) * x + gamma * stages[0]
        l1 = -gamma * l0 + stages[0] + gamma * stages[1]
        l2 = -gamma * l1 + stages[1] + gamma * stages[2]
        l3 = -gamma * l2 + stages[2] + gamma * stages[3]
        stages = [l0, l1, l2, l3]
        out.append((l0 + 2 * l1 + 2 * l2 + l3) / 6)
    return [out]
