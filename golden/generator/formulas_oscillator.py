"""Oscillators and statistics that TA-Lib C 0.8.1 lacks, from their published formulas."""

from __future__ import annotations

import math

from .formulas_average import moving_average
from .registry import Bars, Params, formula
from .series import (Series, change, combine, deviation, ema, first_of, highest, lowest, masked, rate_of_change,
                     recursive, rma, rolling, rsi, sma, true_ranges)


@formula("SI", "Wilder, New Concepts in Technical Trading Systems (1978), section VIII")
def swing_index(bars: Bars, p: Params) -> list[Series]:
    """Swing index; Wilder's R depends on which of the three distances is the largest."""
    opens, high, low, close = (bars[name] for name in ("open", "high", "low", "close"))
    out: Series = [None]
    for i in range(1, len(close)):
        before = close[i - 1]
        up, down, range_ = abs(high[i] - before), abs(low[i] - before), abs(high[i] - low[i])
        body = abs(before - opens[i - 1]) / 4
        if up >= down and up >= range_:
            r = up - down / 2 + body
        elif down >= range_:
            r = down - up / 2 + body
        else:
            r = range_ + body
        move = (close[i] - before) + (close[i] - opens[i]) / 2 + (before - opens[i - 1]) / 4
        out.append(50 * move / r * max(up, down) / p["limitmove"] if r else 0.0)
    return [out]


@formula("ASI", "Wilder (1978), section VIII: running total of the swing index, 0 on the first bar")
def accumulative_swing_index(bars: Bars, p: Params) -> list[Series]:
    """Accumulative swing index."""
    swings = swing_index(bars, p)[0]
    return [[math.fsum(swings[1 : i + 1]) for i in range(len(swings))]]


@formula("CG", "Ehlers, The CG Oscillator, Stocks & Commodities (May 2002)")
def center_of_gravity(bars: Bars, p: Params) -> list[Series]:
    """Minus the balance point of the window, counted back from the newest bar as 1."""
    period = p["timeperiod"]

    def balance(window: list[float]) -> float:
        total = math.fsum(window)
        weighted = math.fsum((period - j) * value for j, value in enumerate(window))
        return -weighted / total if total else -(period + 1) / 2

    return [rolling(bars["close"], period, balance)]


@formula("CTI", "Ehlers, Correlation As A Trend Indicator, Stocks & Commodities 38:5 (2020): Pearson's r against time, 0 for a flat window")
def correlation_trend(bars: Bars, p: Params) -> list[Series]:
    """Pearson correlation with a rising line, from centred sums."""
    period = p["timeperiod"]
    ramp = [j - (period - 1) / 2 for j in range(period)]

    def correlation(window: list[float]) -> float:
        mean = math.fsum(window) / period
        centred = [value - mean for value in window]
        own = math.fsum(c * c for c in centred)
        if max(window) == min(window):
            return 0.0
        return math.fsum(c * r for c, r in zip(centred, ramp)) / math.sqrt(own * math.fsum(r * r for r in ramp))

    return [rolling(bars["close"], period, correlation)]


@formula("KURTOSIS", "Joanes and Gill (1998), G2: the sample excess kurtosis of Excel KURT; undefined for a flat window")
def kurtosis(bars: Bars, p: Params) -> list[Series]:
    """Bias-adjusted excess kurtosis."""
    n = p["timeperiod"]

    def g2(window: list[float]) -> float:
        if max(window) == min(window):
            return math.nan
        mean = math.fsum(window) / n
        second = math.fsum((x - mean) ** 2 for x in window)
        fourth = math.fsum((x - mean) ** 4 for x in window)
        excess = n * fourth / second**2 - 3
        return (n - 1) * ((n + 1) * excess + 6) / ((n - 2) * (n - 3))

    return [rolling(bars["close"], n, g2)]


def choppiness(box_top: Series, box_bottom: Series, bars: Bars, period: int) -> Series:
    """100 log10(path / box) / log10(period); 100 where there is no box or no path."""
    path = rolling(true_ranges(bars["high"], bars["low"], bars["close"]), period, math.fsum)

    def index(travelled: float, top: float, bottom: float) -> float:
        if travelled <= 0 or top <= bottom:
            return 100.0
        return 100 * math.log10(travelled / (top - bottom)) / math.log10(period)

    return combine(index, path, highest(box_top, period), lowest(box_bottom, period))


@formula("CHOP", "Dreiss's choppiness index with the high-low box of charting platforms (TradingView CHOP)")
def chop(bars: Bars, p: Params) -> list[Series]:
    """Path of true ranges over the height of the window."""
    return [choppiness(bars["high"], bars["low"], bars, p["timeperiod"])]


@formula("CHOPTR", "Dreiss's choppiness index as published: Burke, Futures (October 1993), box of true highs and lows")
def choptr(bars: Bars, p: Params) -> list[Series]:
    """As CHOP, but the box reaches the close before each bar."""
    high, low, close = bars["high"], bars["low"], bars["close"]
    tops: Series = [None] + [max(high[i], close[i - 1]) for i in range(1, len(close))]
    bottoms: Series = [None] + [min(low[i], close[i - 1]) for i in range(1, len(close))]
    return [choppiness(tops, bottoms, bars, p["timeperiod"])]


@formula("CRSI", "Connors Research, An Introduction to ConnorsRSI (2012)")
def connors_rsi(bars: Bars, p: Params) -> list[Series]:
    """Mean of the closes' RSI, the streak's RSI, and the return's percent rank."""
    close, rank_period = bars["close"], p["rankperiod"]
    streak: Series = [None]
    returns: Series = [None]
    for i in range(1, len(close)):
        run, move = streak[i - 1] or 0, close[i] - close[i - 1]
        streak.append(float(max(run, 0) + 1 if move > 0 else min(run, 0) - 1 if move < 0 else 0))
        returns.append(move / close[i - 1] if close[i - 1] else 0.0)
    rank = rolling(returns, rank_period + 1,
                   lambda window: 100 * sum(old < window[-1] for old in window[:-1]) / rank_period)
    return [combine(lambda a, b, c: (a + b + c) / 3, rsi(close, p["timeperiod"]), rsi(streak, p["streakperiod"]), rank)]


@formula("DOSC", "Brown, The Derivative Oscillator, MTA Journal 42 (1994): RSI smoothed twice, minus its simple average")
def derivative_oscillator(bars: Bars, p: Params) -> list[Series]:
    """A MACD-like histogram of a smoothed RSI."""
    line = ema(ema(rsi(bars["close"], p["timeperiod"]), p["firstperiod"]), p["secondperiod"])
    return [combine(lambda value, mean: value - mean, line, sma(line, p["signalperiod"]))]


@formula("EMV", "Arms's ease of movement (Achelis, Technical Analysis from A to Z), simple average; 0 without range or volume")
def ease_of_movement(bars: Bars, p: Params) -> list[Series]:
    """Move of the midpoint over the ratio of volume to range."""
    high, low, volume = bars["high"], bars["low"], bars["volume"]
    raw: Series = [None]
    for i in range(1, len(high)):
        range_, traded = high[i] - low[i], volume[i] / p["volumedivisor"]
        move = (high[i] + low[i]) / 2 - (high[i - 1] + low[i - 1]) / 2
        raw.append(move / (traded / range_) if range_ > 0 and traded > 0 else 0.0)
    return [sma(raw, p["timeperiod"])]


@formula("FISHER", "Ehlers, Using The Fisher Transform, Stocks & Commodities 20:11 (2002); a flat channel counts as its middle")
def fisher(bars: Bars, p: Params) -> list[Series]:
    """Fisher transform of the midpoint's place in its channel, and the value one bar before."""
    price = [(h + l) / 2 for h, l in zip(bars["high"], bars["low"])]
    top, bottom = highest(price, p["timeperiod"]), lowest(price, p["timeperiod"])
    line: Series = []
    trigger: Series = []
    value = result = 0.0
    for x, high, low in zip(price, top, bottom):
        if high is None:
            line.append(None)
            trigger.append(None)
            continue
        place = (x - low) / (high - low) if high > low else 0.5
        value = 0.33 * 2 * (place - 0.5) + 0.67 * value
        value = 0.999 if value > 0.99 else -0.999 if value < -0.99 else value
        trigger.append(result)
        result = 0.5 * math.log((1 + value) / (1 - value)) + 0.5 * result
        line.append(result)
    return [line, trigger]


@formula("IBS", "Pagonidis, The IBS Effect (2013): (close - low) / (high - low), 0.5 without range")
def internal_bar_strength(bars: Bars, p: Params) -> list[Series]:
    """Where the close is inside its bar."""
    return [[(c - l) / (h - l) if h > l else 0.5 for h, l, c in zip(bars["high"], bars["low"], bars["close"])]]


def know_sure_thing(bars: Bars, p: Params, length: str, leg: str, signal: str) -> list[Series]:
    """Rates of change, smoothed, weighted 1 to 4, and a signal line.

    Recursive averages depend on where they start. As in MACD and MACDEXT, all four give their
    first value on one bar, that of the slowest leg: the others leave out their oldest input.
    """
    periods = [p[f"{length}{k}period"] for k in (1, 2, 3, 4)]
    rates = [rate_of_change(bars["close"], p[f"roc{k}period"]) for k in (1, 2, 3, 4)]
    starts = [first_of(moving_average(rate, period, leg)) for rate, period in zip(rates, periods)]
    late = [[None] * (first_of(rate) + max(starts) - start) + rate[first_of(rate) + max(starts) - start :]
            for rate, start in zip(rates, starts)]
    legs = [moving_average(rate, period, leg) for rate, period in zip(late, periods)]
    line = combine(lambda a, b, c, d: a + 2 * b + 3 * c + 4 * d, *legs)
    return masked(line, moving_average(line, p["signalperiod"], signal))


@formula("KST", "Pring, Summed Rate Of Change (KST), Stocks & Commodities 10:9 (1992)")
def kst(bars: Bars, p: Params) -> list[Series]:
    """Simple averages throughout."""
    return know_sure_thing(bars, p, "sma", "sma", "sma")


@formula("KSTEXT", "Pring's KST (1992) with TA-Lib C's moving averages in place of the simple ones")
def kstext(bars: Bars, p: Params) -> list[Series]:
    """Any average for the legs, any for the signal."""
    return know_sure_thing(bars, p, "ma", p["rocmatype"], p["signalmatype"])


@formula("KVO", "Klinger, Stocks & Commodities 15:12 (1997); averages start on the first volume force, as in Tulip Indicators")
def klinger(bars: Bars, p: Params) -> list[Series]:
    """Difference of two averages of the volume force, shown once the longest period has passed."""
    high, low, close, volume = (bars[name] for name in ("high", "low", "close", "volume"))
    force: Series = [None]
    trend, cumulated = 0, 0.0
    for i in range(1, len(close)):
        now, before = high[i] + low[i] + close[i], high[i - 1] + low[i - 1] + close[i - 1]
        new_trend = 1 if now > before else -1 if now < before else trend
        if new_trend != trend:
            trend, cumulated = new_trend, high[i - 1] - low[i - 1]
        range_ = high[i] - low[i]
        cumulated += range_
        force.append(100 * volume[i] * trend * abs(2 * range_ / cumulated - 1) if cumulated else 0.0)

    def average(values: Series, period: int) -> Series:
        return recursive(values, 2 / (period + 1), values[1], 1)

    line = combine(lambda fast, slow: fast - slow, average(force, p["fastperiod"]), average(force, p["slowperiod"]))
    start = max(p["fastperiod"], p["slowperiod"], p["signalperiod"])
    return [[value if i >= start else None for i, value in enumerate(series)]
            for series in (line, average(line, p["signalperiod"]))]


@formula("PSO", "Leibfarth, Premier Stochastic Oscillator, Stocks & Commodities 26:8 (2008); a flat range reads 50")
def premier_stochastic(bars: Bars, p: Params) -> list[Series]:
    """(e^S - 1) / (e^S + 1) of the centred fast K, smoothed twice."""
    top, bottom = highest(bars["high"], p["fastk_period"]), lowest(bars["low"], p["fastk_period"])
    centred = combine(lambda x, h, l: 0.1 * ((100 * (x - l) / (h - l) if h > l else 50.0) - 50),
                      bars["close"], top, bottom)
    smooth = ema(ema(centred, p["emaperiod"]), p["emaperiod"])
    return [combine(lambda s: (math.exp(s) - 1) / (math.exp(s) + 1), smooth)]


@formula("ROGERSSATCHELL", "Rogers and Satchell, Annals of Applied Probability 1(4) (1991)")
def rogers_satchell(bars: Bars, p: Params) -> list[Series]:
    """Root of the mean of ln(H/C) ln(H/O) + ln(L/C) ln(L/O), annualised."""
    terms = [math.log(h / c) * math.log(h / o) + math.log(l / c) * math.log(l / o)
             for o, h, l, c in zip(*(bars[name] for name in ("open", "high", "low", "close")))]
    return [rolling(terms, p["timeperiod"],
                    lambda window: math.sqrt(p["annualization"] * max(math.fsum(window), 0.0) / p["timeperiod"]))]


def relative_volatility(values: Series, period: int, deviation_period: int) -> Series:
    """Dorsey's 1993 index: RSI with the standard deviation in place of the move."""
    spread = deviation(values, deviation_period)
    moves = change(values)
    up = rma(combine(lambda s, move: s if move > 0 else 0.0, spread, moves), period)
    down = rma(combine(lambda s, move: s if move < 0 else 0.0, spread, moves), period)
    return combine(lambda u, d: 100 * u / (u + d) if u + d else 50.0, up, down)


@formula("RVIR", "Dorsey, Refining the Relative Volatility Index, Stocks & Commodities 13:9 (1995): mean of the RVIs of high and low")
def refined_relative_volatility(bars: Bars, p: Params) -> list[Series]:
    """Mean of two relative volatility indices."""
    legs = [relative_volatility(bars[name], p["timeperiod"], p["stddevperiod"]) for name in ("high", "low")]
    return [combine(lambda a, b: (a + b) / 2, *legs)]


@formula("STC", "Schaff, Releasing the Code to the Schaff Trend Cycle (2008), on TA-Lib's MACD line")
def schaff_trend_cycle(bars: Bars, p: Params) -> list[Series]:
    """MACD through two stochastics, each smoothed by half; a flat range repeats the last fraction."""
    fast, slow = sorted((p["fastperiod"], p["slowperiod"]))
    close = bars["close"]
    line = combine(lambda a, b: a - b, ema([None] * (slow - fast) + close[slow - fast :], fast), ema(close, slow))
    return [half_smoothed(half_smoothed(line, p["cycleperiod"]), p["cycleperiod"])]


def half_smoothed(values: Series, period: int) -> Series:
    """Stochastic of the values, then y += 0.5 (x - y) from its first value."""
    last = 0.0
    fractions: Series = []
    for x, top, bottom in zip(values, highest(values, period), lowest(values, period)):
        if top is not None and top > bottom:
            last = 100 * (x - bottom) / (top - bottom)
        fractions.append(None if top is None else last)
    start = first_of(fractions)
    return recursive(fractions, 0.5, fractions[start], start)


@formula("WAVETREND", "LazyBear, WaveTrend Oscillator (2014), SMA-seeded averages")
def wavetrend(bars: Bars, p: Params) -> list[Series]:
    """CCI-like distance from an average, smoothed, and its short simple average."""
    price = [(h + l + c) / 3 for h, l, c in zip(bars["high"], bars["low"], bars["close"])]
    average = ema(price, p["channelperiod"])
    distance = combine(lambda x, a: x - a, price, average)
    typical = ema(combine(abs, distance), p["channelperiod"])
    index = combine(lambda d, t: d / (0.015 * t) if t else 0.0, distance, typical)
    line = ema(index, p["averageperiod"])
    return masked(line, sma(line, p["signalperiod"]))
