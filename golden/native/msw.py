"""MESA sine wave, from the phase of one Fourier coefficient of the window.

Ehlers sets the phase to 90 degrees, with the sign of the imaginary part, where the real part is next to nothing;
arctan2 says that for any size. Tulip and pandas-ta set it to 180 degrees there, and both start a row later than
the window allows.
"""

from math import atan2, cos, degrees, fsum, radians, sin

SOURCE = "formula: Ehlers, Rocket Science for Traders (2001), ch. 9"
INPUTS = {"series": "close"}
CASES = {"default": {"period": 5}, "even": {"period": 24}, "shortest": {"period": 3}}


def expected(columns, params):
    close, period = columns["close"], params["period"]
    sine, lead = [None] * (period - 1), [None] * (period - 1)
    for i in range(period - 1, len(close)):
        angles = [radians(360 * count / period) for count in range(period)]
        real = fsum(cos(angle) * close[i - count] for count, angle in enumerate(angles))
        imaginary = fsum(sin(angle) * close[i - count] for count, angle in enumerate(angles))
        phase = degrees(atan2(imaginary, real)) + 90
        sine.append(sin(radians(phase)))
        lead.append(sin(radians(phase + 45)))
    return [sine, lead]
