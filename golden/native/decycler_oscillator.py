"""Ehlers' decycler oscillator: a high-pass filter of the series without its cycles, in percent."""

from roofing import high_pass

SOURCE = "formula: Ehlers, Decyclers, Stocks & Commodities, September 2015"
INPUTS = {"series": "close"}
CASES = {
    "default": {"period": 125, "factor": 1.0},
    "faster": {"period": 100, "factor": 1.2},
    "shortest": {"period": 6, "factor": 0.5},
}


def expected(columns, params):
    close, period = columns["close"], params["period"]
    decycled = [x - h for x, h in zip(close, high_pass(close, period))]
    trend = high_pass(decycled, period / 2)
    out = [100 * params["factor"] * t / x for t, x in zip(trend, close)]
    return [[None, None] + out[2:]]
