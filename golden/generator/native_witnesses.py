"""Second opinions on native indicators, from a library that has the same definition.

The oracles in golden/native are formulas that were written by the people whose code they judge. Each entry here is
the answer of pandas-ta-classic to the same case, on our scale; those in native_witnesses_c.py are Tulip's and TA-Lib's.
The generator stops if the two differ in a row where both have a value; before the warm-up is over pandas-ta often has
values that stand for nothing.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import numpy as np
import pandas as pd

from . import native_witnesses_c
from .agreement import assert_agree

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import pandas_ta_classic as pta

Bars = dict[str, pd.Series]
Params = dict[str, Any]
#: Indicator -> its outputs by pandas-ta, for any case.
WITNESSES: dict[str, Callable[[Bars, Params], list[pd.Series]]] = {
    "amat": lambda b, p: columns(
        pta.amat(b["close"], fast=p["fast_period"], slow=p["slow_period"], lookback=p["run_period"])),
    "aobv": lambda b, p: volume_lines(b, p["fast_period"], p["slow_period"]),
    "bias": lambda b, p: [100 * pta.bias(b["close"], length=p["period"])],
    "brar": lambda b, p: columns(pta.brar(*ohlc(b), length=p["period"])),
    "drawdown": lambda b, p: columns(pta.drawdown(b["close"])),
    "entropy": lambda b, p: [pta.entropy(b["volume"], length=p["period"])],
    "falling": lambda b, p: [pta.decreasing(b["close"], length=1)],
    "fwma": lambda b, p: [pta.fwma(b["close"], length=p["period"])],
    "hwma": lambda b, p: [pta.hwma(b["close"], **p)],
    # jma: pandas-ta averages the volatility over a bar too many.
    "inside_bar": lambda b, p: [] if p["allow_equal_extremes"] else [pta.cdl_inside(*ohlc(b), asbool=True)],
    "log_return": lambda b, p: [pta.log_return(b["close"], length=p["period"])],
    # Tulip, which it would call, has pi to 8 digits only.
    "msw": lambda b, p: columns(pta.msw(b["close"], period=p["period"], tulipy=False)),
    "pdist": lambda b, p: [pta.pdist(*ohlc(b))],
    "percent_return": lambda b, p: [pta.percent_return(b["close"], length=p["period"])],
    "psl": lambda b, p: [pta.psl(b["close"], length=p["period"])],
    "pvr": lambda b, p: [ranks(b)],
    "pwma": lambda b, p: [pta.pwma(b["close"], length=p["period"])],
    "qqe": lambda b, p: trailing_bands(b, p) if p["factor"] else [],
    "rising": lambda b, p: [pta.increasing(b["close"], length=1)],
    "rsx": lambda b, p: [delayed(b["close"], p["period"])],
    "rvgi": lambda b, p: columns(pta.rvgi(*ohlc(b), length=p["period"], swma_length=p["swma_period"]))[1:],
    "sinwma": lambda b, p: [pta.sinwma(b["close"], length=p["period"])],
    "skew": lambda b, p: [pta.skew(b["close"], length=p["period"])],
    "smi_ergodic": lambda b, p: columns(pta.smi(
        b["close"], fast=p["fast_period"], slow=p["slow_period"], signal=p["signal_period"], scalar=100)),
    "squeeze_pro": lambda b, p: squeeze(b, p),
    "ssf": lambda b, p: [pta.ssf(b["close"], length=p["period"], poles=p["poles"])],
    "stderr": lambda b, p: [pta.stderr(b["close"], length=p["period"], ddof=0)],
    "td_seq": lambda b, p: columns(pta.td_seq(b["close"], asint=True)),
    "ulcer_index": lambda b, p: [pta.ui(b["close"], length=p["period"])],
}


def columns(frame: pd.DataFrame) -> list[pd.Series]:
    """A frame's columns in order."""
    return [frame[name] for name in frame.columns]


def ohlc(bars: Bars) -> list[pd.Series]:
    """Open, high, low and close."""
    return [bars[name] for name in ("open", "high", "low", "close")]


def volume_lines(bars: Bars, fast: int, slow: int) -> list[pd.Series]:
    """The volume and its two averages, of the columns there are."""
    frame = pta.aobv(bars["close"], bars["volume"], fast=fast, slow=slow)
    return [frame[name] for name in ("OBV", f"OBVe_{fast}", f"OBVe_{slow}")]


def trailing_bands(bars: Bars, p: Params) -> list[pd.Series]:
    """The two lines, both bands where they hold or not, and the direction."""
    frame = pta.qqe(bars["close"], length=p["period"], smooth=p["smooth_period"], factor=p["factor"])
    line, average, _, _, long, short, trend = columns(frame)
    return [line, average, long, short, trend.where(long.notna())]


def ranks(bars: Bars) -> pd.Series:
    """Ranks where price and volume moved, on our numbers: pandas-ta exchanges 3 and 4."""
    moved = (bars["close"].diff() != 0) & (bars["volume"].diff() != 0)
    return pta.pvr(bars["close"], bars["volume"]).replace({3.0: 4.0, 4.0: 3.0}).where(moved)


def delayed(close: pd.Series, period: int) -> pd.Series:
    """RSX, which starts `period` rows into what it gets: as many are put before the data."""
    padded = pd.concat([pd.Series([0.0] * period), close], ignore_index=True)
    return pta.rsx(padded, length=period)[period:]


def squeeze(bars: Bars, p: Params) -> list[pd.Series]:
    """Momentum and flags."""
    return columns(pta.squeeze_pro(
        bars["high"], bars["low"], bars["close"], bb_length=p["bb_period"], bb_std=p["nb_dev"],
        kc_length=p["kc_period"], kc_scalar_wide=p["factor_wide"], kc_scalar_normal=p["factor_normal"],
        kc_scalar_narrow=p["factor_narrow"], mom_length=p["mom_period"], mom_smooth=p["smooth_period"]))


def confirmation(
    indicator: str, case_id: str, bars: dict[str, list[float]], params: Params, values: list[list],
    tolerance: dict[str, float],
) -> str | None:
    """The library that agrees with these values, if it answers this case; raises where it does not agree."""
    library, answers = asked(indicator, bars, params)
    if not answers:
        return None
    for value, answer in zip(values, answers, strict=True):
        own = np.array([np.nan if v is None else float(v) for v in value])
        least = int(np.isfinite(own).sum()) // 2
        assert_agree(own, answer, max(least, 1), tolerance, f"{case_id}: {library}")
    return f"{library} {version(library)}"


def asked(indicator: str, bars: dict[str, list[float]], params: Params) -> tuple[str, list]:
    """The library with the same definition and its outputs; none if it does not answer this case, or there is none."""
    if known := native_witnesses_c.WITNESSES.get(indicator):
        library, answer = known
        return library, answer({name: np.array(column) for name, column in bars.items()}, params)
    if indicator not in WITNESSES:
        return "", []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        series = {name: pd.Series(column) for name, column in bars.items()}
        return "pandas-ta-classic", WITNESSES[indicator](series, params)
