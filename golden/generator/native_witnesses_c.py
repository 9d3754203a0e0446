"""Second opinions on native indicators from two libraries in C, Tulip Indicators and TA-Lib.

Each entry is the library's answer to any case of an indicator. Tulip's begins with its first value.
"""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np
import talib

Arrays = dict[str, np.ndarray]
Params = dict[str, Any]
#: Indicator -> library, and its outputs.
WITNESSES: dict[str, tuple[str, Callable[[Arrays, Params], list[np.ndarray]]]] = {
    "abs": ("tulipy", lambda b, p: [tulip().abs(b["unit"])]),
    # Tulip has the line, not the oscillator.
    "cfo": ("tulipy", lambda b, p: [forecast_oscillator(b["close"], p["period"])]),
    "cross": ("tulipy", lambda b, p: [tulip().crossany(b["close"], b["open"])]),
    "decay": ("tulipy", lambda b, p: [tulip().decay(b["unit"], p["period"])]),
    "diff": ("tulipy", lambda b, p: [tulip().mom(b["close"], 1)]),
    "dmi": ("TA-Lib", lambda b, p: [
        line(b["high"], b["low"], b["close"], p["period"]) for line in (talib.ADX, talib.PLUS_DI, talib.MINUS_DI)]),
    "edecay": ("tulipy", lambda b, p: [tulip().edecay(b["unit"], p["period"])]),
    "gmma": ("TA-Lib", lambda b, p: [talib.EMA(b["close"], n) for n in (3, 5, 8, 10, 12, 15, 30, 35, 40, 45, 50, 60)]),
    "ift_rsi": ("TA-Lib", lambda b, p: [
        np.tanh(average(0.1 * (talib.RSI(b["close"], p["period"]) - 50), p["smooth_period"]))]),
    "pzo": ("TA-Lib", lambda b, p: [zone(b["close"], b["close"], p["period"])] if p["period"] > 1 else []),
    # The RSI is the index of changes over one bar; a period of 1 is no RSI.
    "rmi": ("TA-Lib", lambda b, p: [talib.RSI(b["close"], p["period"])] if p["momentum"] == 1 else []),
    "round": ("tulipy", lambda b, p: [tulip().round(b["unit"])]),
    "shift": ("tulipy", lambda b, p: [tulip().lag(b["close"], p["period"])]),
    "todeg": ("tulipy", lambda b, p: [tulip().todeg(b["periods"])]),
    "torad": ("tulipy", lambda b, p: [tulip().torad(b["periods"])]),
    "trunc": ("tulipy", lambda b, p: [tulip().trunc(b["periods"])]),
    "twap": ("TA-Lib", lambda b, p: [
        talib.SMA(talib.AVGPRICE(b["open"], b["high"], b["low"], b["close"]), p["period"])] if p["period"] > 1 else []),
    "vosc": ("tulipy", lambda b, p: [tulip().vosc(b["volume"], p["fast_period"], p["slow_period"])]),
    "vwmacd": ("TA-Lib", lambda b, p: weighted_macd(b, p) if p["signal_period"] > 1 else []),
    "vzo": ("TA-Lib", lambda b, p: [zone(b["close"], b["volume"], p["period"])] if p["period"] > 1 else []),
}


def tulip() -> ModuleType:
    """Tulip Indicators. It has no wheels, so it is installed only when all fixtures are made."""
    try:
        import tulipy
    except ModuleNotFoundError:
        raise SystemExit(
            "Tulip Indicators, the witness for this indicator, is not installed: run `npm run golden` without ids."
        ) from None
    return tulipy


def average(values: np.ndarray, period: int) -> np.ndarray:
    """TA-Lib's weighted average, also of one value."""
    return values if period == 1 else talib.WMA(values, period)


def forecast_oscillator(close: np.ndarray, period: int) -> np.ndarray:
    """The distance from Tulip's regression line, in percent."""
    line = tulip().linreg(close, period)
    price = close[-line.size :]
    return 100 * (price - line) / price


def zone(close: np.ndarray, weight: np.ndarray, period: int) -> np.ndarray:
    """The zone oscillators by TA-Lib's average, which skips the leading NaN."""
    signed = np.concatenate([[np.nan], np.sign(np.diff(close))]) * weight
    total = np.concatenate([[np.nan], weight[1:]])
    return 100 * talib.EMA(signed, period) / talib.EMA(total, period)


def weighted_macd(bars: Arrays, p: Params) -> list[np.ndarray]:
    """The MACD of sums of price times volume over sums of volume."""
    fast, slow = (
        talib.SUM(bars["close"] * bars["volume"], p[name]) / talib.SUM(bars["volume"], p[name])
        for name in ("fast_period", "slow_period")
    )
    signal = talib.EMA(fast - slow, p["signal_period"])
    return [fast - slow, signal, fast - slow - signal]
