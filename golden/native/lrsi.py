"""Laguerre RSI: Ehlers' four stages, seeded with the first value, in percent."""

SOURCE = "formula: Ehlers, Time Warp - Without Space Travel, CU / (CU + CD) times 100"
INPUTS = {"series": "close"}
CASES = {"default": {"gamma": 0.5}, "slow": {"gamma": 0.85}, "undamped": {"gamma": 0.0}}


def expected(columns, params):
    close, gamma = columns["close"], params["gamma"]
    l0 = l1 = l2 = l3 = close[0]
    out = [None]
    for price in close[1:]:
        p0, p1, p2, p3 = l0, l1, l2, l3
        l0 = (1 - gamma) * price + gamma * p0
        l1 = -gamma * l0 + p0 + gamma * p1
        l2 = -gamma * l1 + p1 + gamma * p2
        l3 = -gamma * l2 + p2 + gamma * p3
        cu = cd = 0.0
        for newer, older in ((l0, l1), (l1, l2), (l2, l3)):
            if newer >= older:
                cu += newer - older
            else:
                cd += older - newer
        out.append(100 * cu / (cu + cd) if cu + cd != 0 else 0.0)
    return [out]
