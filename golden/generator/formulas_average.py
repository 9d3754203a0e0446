"""Averages, filters and bands that TA-Lib C 0.8.1 lacks, from their published formulas."""

from __future__ import annotations

import math
import statistics

import numpy as np
import talib

from .registry import Bars, Params, formula
from .series import (Series, combine, deviation, first_of, highest, lowest, masked, recursive, regression_end,
                     rma, rolling, sma, true_ranges)
from .signatures import MA_TYPES


def moving_average(values: Series, period: int, kind: str) -> Series:
    """Any TA-Lib average: C's own, or for the two kinds newer than C 0.8.1 the formulas here."""
    if kind == "vidya":
        return vidya(values, period, (3 * period + 2) // 4)
    if kind == "alma":
        return alma(values, period, 6.0, 0.85)
    array = np.array([math.nan if value is None else value for value in values])
    return [None if math.isnan(value) else value for value in talib.MA(array, period, MA_TYPES.index(kind)).tolist()]


@formula("MA", "ALMA or VIDYA as below, by moving-average type; VIDYA's CMO period is (3n + 2) // 4 (ta-lib.org/functions/vidya)")
def ma(bars: Bars, p: Params) -> list[Series]:
    """Only judges the types that C 0.8.1 does not have."""
    return [moving_average(bars["close"], p["timeperiod"], p["matype"])]


@formula("ALMA", "Legoux and Kouzis-Loukas, ALMA (2009), authors' NinjaTrader form: Gaussian weights, floored peak")
def alma_case(bars: Bars, p: Params) -> list[Series]:
    """Gaussian-weighted mean of the window, peak a fraction `offset` of the way to the newest bar."""
    return [alma(bars["close"], p["timeperiod"], p["sigma"], p["offset"])]


def alma(values: Series, period: int, sigma: float, offset: float) -> Series:
    """The average itself, for MA as well."""
    peak, width = math.floor(offset * (period - 1)), period / sigma
    weights = [math.exp(-((j - peak) ** 2) / (2 * width * width)) for j in range(period)]
    total = math.fsum(weights)
    return rolling(values, period, lambda window: math.fsum(w * x for w, x in zip(weights, window)) / total)


@formula("VIDYA", "Chande, Stocks & Commodities 13:10 (1995): EMA whose factor is scaled by |CMO|")
def vidya_case(bars: Bars, p: Params) -> list[Series]:
    """The step shrinks as ups and downs balance; the line starts at the first price."""
    return [vidya(bars["close"], p["timeperiod"], p["cmoperiod"])]


def vidya(values: Series, period: int, cmo_period: int) -> Series:
    """The average itself, for MA as well; a period of 1 is the input."""
    if period == 1:
        return list(values)
    if first := first_of(values):
        return [None] * first + vidya(values[first:], period, cmo_period)
    line, out = values[0], []
    for i, value in enumerate(values):
        moves = [values[j] - values[j - 1] for j in range(max(1, i - cmo_period + 1), i + 1)]
        path = math.fsum(abs(move) for move in moves)
        strength = abs(math.fsum(moves)) / path if path else 0.0
        line += 2 / (period + 1) * strength * (value - line)
        out.append(line if i >= cmo_period else None)
    return out


@formula("MCGD", "McGinley, MTA Journal (1997): MD += (x - MD) / (N (x / MD)^4), from the first price")
def mcgd(bars: Bars, p: Params) -> list[Series]:
    """McGinley Dynamic."""
    period, line, out = p["timeperiod"], bars["close"][0], []
    for i, value in enumerate(bars["close"]):
        if i:
            line += (value - line) / (period * (value / line) ** 4)
        out.append(line if i >= period - 1 else None)
    return [out]


@formula("FRAMA", "Ehlers, Stocks & Commodities 23:10 (2005): EMA with alpha = exp(-4.6 (D - 1)), D the fractal dimension")
def frama(bars: Bars, p: Params) -> list[Series]:
    """D = (log(N1 + N2) - log(N3)) / log 2 with ranges per bar of both halves and the whole."""
    period, half = p["timeperiod"], p["timeperiod"] // 2
    high, low = bars["high"], bars["low"]
    price = [(h + l) / 2 for h, l in zip(high, low)]

    def slope(start: int, stop: int) -> float:
        return (max(high[start:stop]) - min(low[start:stop])) / (stop - start)

    out: Series = [None] * len(price)
    line = price[period - 1]
    for i in range(period, len(price)):
        older, newer = slope(i - period + 1, i - half + 1), slope(i - half + 1, i + 1)
        alpha = 1.0
        if older > 0 and newer > 0:
            dimension = (math.log(older + newer) - math.log(slope(i - period + 1, i + 1))) / math.log(2)
            alpha = min(1.0, math.exp(-4.6 * (dimension - 1)))
        line = alpha * price[i] + (1 - alpha) * line
        out[i] = line
    return [out]


@formula("MEDIAN", "statistics.median of the window (an even window's two middle values averaged)")
def median(bars: Bars, p: Params) -> list[Series]:
    """Rolling median."""
    return [rolling(bars["close"], p["timeperiod"], statistics.median)]


def swiss_army_knife(
    x: Series, c0: float, b: tuple[float, float, float], a: tuple[float, float], steady: float
) -> list[Series]:
    """Ehlers' second-order filter, at rest on its first bar: y = c0 (b0 x + b1 x' + b2 x'') + a1 y' + a2 y''.

    `steady` is what a constant input gives: 1 for smoothers, 0 for detrenders.
    """
    x1 = x2 = x[0]
    y1 = y2 = steady * x[0]
    out: Series = []
    for value in x:
        y = c0 * (b[0] * value + b[1] * x1 + b[2] * x2) + a[0] * y1 + a[1] * y2
        out.append(y)
        x1, x2, y1, y2 = value, x1, y, y1
    return [out]


def two_pole_alpha(period: int) -> float:
    """The alpha of a two-pole filter with its half-power point at `period`."""
    beta = 2.415 * (1 - math.cos(2 * math.pi / period))
    return -beta + math.sqrt(beta * beta + 2 * beta)


SWAK = "Ehlers, Swiss Army Knife Indicator, Stocks & Commodities 24:1 (2006)"


@formula("SWAK_GAUSS", f"{SWAK}, Gaussian row")
def swak_gauss(bars: Bars, p: Params) -> list[Series]:
    """Two-pole Gaussian low-pass."""
    alpha = two_pole_alpha(p["timeperiod"])
    return swiss_army_knife(bars["close"], alpha**2, (1, 0, 0), (2 * (1 - alpha), -((1 - alpha) ** 2)), 1)


@formula("SWAK_BUTTER", f"{SWAK}, Butterworth row")
def swak_butter(bars: Bars, p: Params) -> list[Series]:
    """Two-pole Butterworth low-pass."""
    alpha = two_pole_alpha(p["timeperiod"])
    return swiss_army_knife(bars["close"], alpha**2 / 4, (1, 2, 1), (2 * (1 - alpha), -((1 - alpha) ** 2)), 1)


@formula("SWAK_2PHP", f"{SWAK}, two-pole high-pass row")
def swak_2php(bars: Bars, p: Params) -> list[Series]:
    """Two-pole high-pass."""
    alpha = two_pole_alpha(p["timeperiod"])
    return swiss_army_knife(bars["close"], (1 - alpha / 2) ** 2, (1, -2, 1), (2 * (1 - alpha), -((1 - alpha) ** 2)), 0)


@formula("SWAK_HP", f"{SWAK}, high-pass row")
def swak_hp(bars: Bars, p: Params) -> list[Series]:
    """One-pole high-pass."""
    angle = 2 * math.pi / p["timeperiod"]
    alpha = (math.cos(angle) + math.sin(angle) - 1) / math.cos(angle)
    return swiss_army_knife(bars["close"], 1 - alpha / 2, (1, -1, 0), (1 - alpha, 0), 0)


@formula("SWAK_BP", f"{SWAK}, band-pass row with gamma = 1 / cos(4 pi delta / P), alpha = gamma - sqrt(gamma^2 - 1)")
def swak_bp(bars: Bars, p: Params) -> list[Series]:
    """Band-pass around the period."""
    beta = math.cos(2 * math.pi / p["timeperiod"])
    gamma = 1 / math.cos(4 * math.pi * p["delta"] / p["timeperiod"])
    alpha = gamma - math.sqrt(gamma**2 - 1)
    return swiss_army_knife(bars["close"], (1 - alpha) / 2, (1, 0, -1), (beta * (1 + alpha), -alpha), 0)


def bollinger(values: Series, p: Params) -> list[Series]:
    """Lower, middle, upper: the deviation is around the simple mean whatever the average is."""
    middle = moving_average(values, p["timeperiod"], p["matype"])
    spread = deviation(values, p["timeperiod"])
    return [combine(lambda m, s: m - p["nbdevdn"] * s, middle, spread), middle,
            combine(lambda m, s: m + p["nbdevup"] * s, middle, spread)]


@formula("BBW", "Bollinger on Bollinger Bands (2001): 100 (upper - lower) / middle")
def bbw(bars: Bars, p: Params) -> list[Series]:
    """Bandwidth in percent of the middle band."""
    return [combine(lambda low, mid, up: 100 * (up - low) / mid if mid else 0.0, *bollinger(bars["close"], p))]


@formula("PERCENTB", "Bollinger on Bollinger Bands (2001): (x - lower) / (upper - lower), 0.5 without width")
def percentb(bars: Bars, p: Params) -> list[Series]:
    """Where the price is between the bands."""
    return [combine(lambda x, low, _, up: (x - low) / (up - low) if up != low else 0.5,
                    bars["close"], *bollinger(bars["close"], p))]


@formula("CKSP", "Chande and Kroll, The New Technical Trader (1994): extremes offset by ATR, then extremes of those")
def cksp(bars: Bars, p: Params) -> list[Series]:
    """The ATR's first value is the mean of the first period's true ranges, as in TA-Lib's ATR."""
    period, times, stop = p["timeperiod"], p["multiplier"], p["stopperiod"]
    atr = rma(true_ranges(bars["high"], bars["low"], bars["close"]), period)
    first_high = combine(lambda top, range_: top - times * range_, highest(bars["high"], period), atr)
    first_low = combine(lambda bottom, range_: bottom + times * range_, lowest(bars["low"], period), atr)
    return [highest(first_high, stop), lowest(first_low, stop)]


@formula("ICHIMOKU", "Hosoda, Ichimoku Kinko Hyo (1969): midpoints of windows; both spans at the bar that computes them, not shifted")
def ichimoku(bars: Bars, p: Params) -> list[Series]:
    """Conversion line, base line, their mean, and the long midpoint."""
    def midpoint(period: int) -> Series:
        return combine(lambda top, bottom: (top + bottom) / 2, highest(bars["high"], period), lowest(bars["low"], period))

    tenkan, kijun = midpoint(p["tenkanperiod"]), midpoint(p["kijunperiod"])
    span_a = combine(lambda a, b: (a + b) / 2, tenkan, kijun)
    return masked(tenkan, kijun, span_a, midpoint(p["senkoubperiod"]))


@formula("SQZMOM", "LazyBear, Squeeze Momentum (2014), with the three channel widths of Beardy_Fred's Squeeze Pro (2021)")
def sqzmom(bars: Bars, p: Params) -> list[Series]:
    """Momentum: regression of the close against the mean of Donchian middle and SMA.

    Level: 3, 2, 1 with the Bollinger Bands inside the narrow, normal, wide Keltner channel
    (SMA and mean true range), -1 with them outside the wide one, 0 in between.
    """
    high, low, close, kc = bars["high"], bars["low"], bars["close"], p["kcperiod"]
    anchor = combine(lambda top, bottom, mean: ((top + bottom) / 2 + mean) / 2,
                     highest(high, kc), lowest(low, kc), sma(close, kc))
    momentum = rolling(combine(lambda x, a: x - a, close, anchor), kc, regression_end)

    def level(mean: float, spread: float, centre: float, range_: float) -> float:
        bottom, top = mean - p["nbdev"] * spread, mean + p["nbdev"] * spread
        for state, name in ((3, "factornarrow"), (2, "factornormal"), (1, "factorwide")):
            if bottom > centre - p[name] * range_ and top < centre + p[name] * range_:
                return state
        wide = p["factorwide"] * range_
        return -1 if bottom < centre - wide and top > centre + wide else 0

    squeeze = combine(level, sma(close, p["bbperiod"]), deviation(close, p["bbperiod"]), sma(close, kc),
                      sma(true_ranges(high, low, close), kc))
    return masked(momentum, squeeze)


@formula("ZIGZAG", "percent-filter swings (Merrill 1977; Achelis, Zig Zag), as the causal state documented at ta-lib.org/functions/zigzag")
def zigzag(bars: Bars, p: Params) -> list[Series]:
    """The extreme being tracked, the leg's direction, and the extreme's bar.

    Seeded as a down leg whose extreme is the first bar's low. A bar first tries to reverse
    the leg, and only then to extend it; an equal price extends.
    """
    up, down = 1 + p["sensitivity"] / 100, 1 - p["sensitivity"] / 100
    length = p["mintrendlength"]
    trend, pivot, at = -1, bars["low"][0], 0
    rows: list[tuple[float, int, int] | None] = [None] * length
    for i in range(1, len(bars["low"])):
        high, low = bars["high"][i], bars["low"][i]
        reached = high >= pivot * up if trend < 0 else low <= pivot * down
        if reached and i - at >= length:
            trend, pivot, at = -trend, (high if trend < 0 else low), i
        elif (trend < 0 and low <= pivot) or (trend > 0 and high >= pivot):
            pivot, at = (low if trend < 0 else high), i
        if i >= length:
            rows.append((pivot, trend, at))
    return [[row and row[k] for row in rows] for k in range(3)]
