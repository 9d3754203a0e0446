"""Second opinions: where a library defines a function just as a formula oracle does.

The formulas here were written by the people whose code they judge, so wherever some other
library has the same definition the generator also compares with it, on real bars, and stops
if they differ. Libraries with another definition (pandas-ta-classic's VIDYA, STC, KVO,
FISHER and ALMA, for instance) are left out.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from importlib.metadata import version

import numpy as np
import pandas as pd
import polars as pl
import talib
import tulipy

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import pandas_ta_classic as pta

from .agreement import assert_agree

Arrays = dict[str, np.ndarray]
#: Case id -> library and its answer, one array per output (None: the library lacks that output).
CHECKS: dict[str, tuple[str, Callable[[Arrays], list[np.ndarray | None]]]] = {
    "BBW/default": ("pandas-ta-classic", lambda b: [bands(b)["BBB_20_2.0"]]),
    "CG/default": ("pandas-ta-classic", lambda b: [pta.cg(pd.Series(b["close"]), length=10)]),
    "CHOP/default": ("pandas-ta-classic", lambda b: [pta.chop(*hlc(b), length=14)]),
    "CKSP/default": ("pandas-ta-classic", lambda b: columns(pta.cksp(*hlc(b), p=10, x=1, q=9))),
    "CTI/default": ("pandas-ta-classic", lambda b: [pta.cti(pd.Series(b["close"]), length=20)]),
    "DOSC/default": ("TA-Lib", lambda b: [derivative_oscillator(b)]),
    "EMV/default": ("pandas-ta-classic", lambda b: [
        pta.eom(*hlc(b), pd.Series(b["volume"]), length=14, divisor=10000)]),
    "EMV/unsmoothed": ("tulipy", lambda b: [tulipy.emv(b["high"], b["low"], b["volume"])]),
    "FISHER/default": ("tulipy", lambda b: list(tulipy.fisher(b["high"], b["low"], 10))),
    "FISHER/period_7": ("tulipy", lambda b: list(tulipy.fisher(b["high"], b["low"], 7))),
    "ICHIMOKU/default": ("pandas-ta-classic", lambda b: ichimoku(b)),
    # pandas-ta-classic multiplies rates of change that are in percent by 100 once more.
    "KST/default": ("pandas-ta-classic", lambda b: [
        column / 100 for column in columns(pta.kst(pd.Series(b["close"])))]),
    "KURTOSIS/default": ("pandas", lambda b: [pd.Series(b["close"]).rolling(30).kurt()]),
    "KVO/default": ("tulipy", lambda b: [
        tulipy.kvo(b["high"], b["low"], b["close"], b["volume"], 34, 55), None]),
    "KVO/short": ("tulipy", lambda b: [
        tulipy.kvo(b["high"], b["low"], b["close"], b["volume"], 5, 12), None]),
    "MCGD/default": ("pandas-ta-classic", lambda b: [pta.mcgd(pd.Series(b["close"]), length=14, c=1.0)]),
    "MEDIAN/default": ("pandas", lambda b: [pd.Series(b["close"]).rolling(30).median()]),
    "PERCENTB/default": ("pandas-ta-classic", lambda b: [bands(b)["BBP_20_2.0"]]),
    "PSO/default": ("TA-Lib", lambda b: [premier_stochastic(b)]),
    "RVIR/default": ("TA-Lib", lambda b: [(talib.RVI(b["high"], 14, 10) + talib.RVI(b["low"], 14, 10)) / 2]),
    "SQZMOM/default": ("pandas-ta-classic", lambda b: [
        pta.squeeze(*hlc(b), bb_length=20, kc_length=20, mom_length=20, lazybear=True, mamode="sma").iloc[:, 0],
        None]),
    "WAVETREND/default": ("TA-Lib", lambda b: wavetrend(b)),
}


def hlc(bars: Arrays) -> list[pd.Series]:
    """High, low and close as pandas has them."""
    return [pd.Series(bars[name]) for name in ("high", "low", "close")]


def columns(frame: pd.DataFrame) -> list[np.ndarray | None]:
    """A frame's columns as arrays."""
    return [frame[name].to_numpy() for name in frame.columns]


def bands(bars: Arrays) -> pd.DataFrame:
    """Bollinger Bands with the population deviation."""
    return pta.bbands(pd.Series(bars["close"]), length=20, std=2, ddof=0)


def ichimoku(bars: Arrays) -> list[np.ndarray | None]:
    """The four lines; the spans moved back to the bar that computed them."""
    frame = pta.ichimoku(*hlc(bars), 9, 26, 52)[0]
    return [frame["ITS_9"], frame["IKS_26"], frame["ISA_9"].shift(-26), frame["ISB_26"].shift(-26)]


def derivative_oscillator(bars: Arrays) -> np.ndarray:
    """Put together from TA-Lib C's RSI, EMA and SMA."""
    line = talib.EMA(talib.EMA(talib.RSI(bars["close"], 14), 5), 3)
    return line - talib.SMA(line, 9)


def premier_stochastic(bars: Arrays) -> np.ndarray:
    """Put together from TA-Lib C's STOCHF and EMA."""
    fast, _ = talib.STOCHF(bars["high"], bars["low"], bars["close"], fastk_period=8, fastd_period=1)
    return np.tanh(talib.EMA(talib.EMA((fast - 50) / 10, 5), 5) / 2)


def wavetrend(bars: Arrays) -> list[np.ndarray | None]:
    """Put together from TA-Lib C's TYPPRICE, EMA and SMA."""
    price = talib.TYPPRICE(bars["high"], bars["low"], bars["close"])
    distance = price - talib.EMA(price, 10)
    line = talib.EMA(distance / (0.015 * talib.EMA(np.abs(distance), 10)), 21)
    return [line, talib.SMA(line, 4)]


def confirmation(case_id: str, frame: pl.DataFrame, values: list[np.ndarray], tolerance: dict[str, float]) -> str | None:
    """The library that agrees with these values, if one is known; raises where it does not agree."""
    if case_id not in CHECKS:
        return None
    library, answer = CHECKS[case_id]
    bars = {name: frame[name].to_numpy().copy() for name in frame.columns}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        others = answer(bars)
    for own, other in zip(values, others, strict=True):
        if other is None:
            continue
        assert_agree(own, other, 501, tolerance, f"{case_id}: {library}")
    kind = f"{library} {version(library)}"
    return f"{kind}, composed" if library == "TA-Lib" else kind
