"""Ehlers' Even Better Sinewave as in his EasyLanguage, whose sines take degrees (pandas-ta takes radians)."""

from math import cos, exp, pi, radians, sin, sqrt

SOURCE = "formula: Ehlers, Cycle Analytics for Traders, ch. 12"
INPUTS = {"series": "close"}
CASES = {
    "default": {"period": 40, "smooth_period": 10},
    "uneven": {"period": 63, "smooth_period": 7},
    "shortest": {"period": 5, "smooth_period": 2},
}


def expected(columns, params):
    close, duration, bars = columns["close"], params["period"], params["smooth_period"]
    alpha1 = (1 - sin(radians(360 / duration))) / cos(radians(360 / duration))
    a1 = exp(-sqrt(2) * pi / bars)
    b1 = 2 * a1 * cos(radians(sqrt(2) * 180 / bars))
    c2, c3 = b1, -a1 * a1
    c1 = 1 - c2 - c3
    hp, filt, out = [0.0], [0.0], [None]
    for i in range(1, len(close)):
        hp.append(0.5 * (1 + alpha1) * (close[i] - close[i - 1]) + alpha1 * hp[i - 1])
        filt.append(c1 * (hp[i] + hp[i - 1]) / 2 + c2 * filt[i - 1] + c3 * (filt[i - 2] if i > 1 else 0.0))
        if i < duration:
            out.append(None)
            continue
        wave = (filt[i] + filt[i - 1] + filt[i - 2]) / 3
        power = (filt[i] ** 2 + filt[i - 1] ** 2 + filt[i - 2] ** 2) / 3
        out.append(wave / sqrt(power) if power > 0 else 0.0)
    return [out]
