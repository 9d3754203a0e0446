"""Writes the expected values of the pipelines that come with the package, computed with pandas.

The definitions are qlib's (microsoft/qlib, qlib/contrib/data/loader.py), in the operators of its
qlib/data/ops.py: Ref, Mean, Std, Slope, Rsquare, Resi, Quantile, Rank, IdxMax, IdxMin, Corr. A
window counts here once it is full.

    python generate_pipelines.py
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl

HERE = Path(__file__).resolve().parent
WINDOWS = [5, 10, 20, 30, 60]
TINY = 1e-12
# Some rows after all windows are full.
FIRST, LAST = 60, 160


def fitted(values: np.ndarray) -> tuple[float, float, float]:
    """Slope, share of the variance and last residual of the least-squares line."""
    times = np.arange(1.0, len(values) + 1.0)
    time, mean = times - times.mean(), values.mean()
    slope = float((time * (values - mean)).sum() / (time * time).sum())
    rest = values - mean - slope * time
    share = 1.0 - float((rest * rest).sum() / ((values - mean) ** 2).sum())
    return slope, share, float(rest[-1])


def alpha158(bars: pd.DataFrame) -> dict[str, pd.Series]:
    open_, high, low, close = bars["open"], bars["high"], bars["low"], bars["close"]
    volume, vwap = bars["volume"], bars["vwap"]
    upper, lower = np.maximum(open_, close), np.minimum(open_, close)
    span = high - low + TINY
    made = {
        "KMID": (close - open_) / open_,
        "KLEN": (high - low) / open_,
        "KMID2": (close - open_) / span,
        "KUP": (high - upper) / open_,
        "KUP2": (high - upper) / span,
        "KLOW": (lower - low) / open_,
        "KLOW2": (lower - low) / span,
        "KSFT": (2 * close - high - low) / open_,
        "KSFT2": (2 * close - high - low) / span,
        "OPEN0": open_ / close,
        "HIGH0": high / close,
        "LOW0": low / close,
        "VWAP0": vwap / close,
    }
    change, volume_change = close - close.shift(1), volume - volume.shift(1)
    move = (close / close.shift(1) - 1).abs() * volume

    def windowed(name: str, of: Callable[[int], pd.Series]) -> None:
        for days in WINDOWS:
            made[f"{name}{days}"] = of(days)

    def each(series: pd.Series, days: int, of: Callable[[np.ndarray], float]) -> pd.Series:
        return series.rolling(days).apply(of, raw=True)

    def share(series: pd.Series, days: int, sign: int) -> pd.Series:
        """How much of the movement of a series goes up, or down."""
        part = np.maximum(sign * series, 0).where(series.notna())
        return part.rolling(days).sum() / (series.abs().rolling(days).sum() + TINY)

    windowed("ROC", lambda d: close.shift(d) / close)
    windowed("MA", lambda d: close.rolling(d).mean() / close)
    windowed("STD", lambda d: close.rolling(d).std() / close)
    windowed("BETA", lambda d: each(close, d, lambda w: fitted(w)[0]) / close)
    windowed("RSQR", lambda d: each(close, d, lambda w: fitted(w)[1]))
    windowed("RESI", lambda d: each(close, d, lambda w: fitted(w)[2]) / close)
    windowed("MAX", lambda d: high.rolling(d).max() / close)
    windowed("MIN", lambda d: low.rolling(d).min() / close)
    windowed("QTLU", lambda d: close.rolling(d).quantile(0.8) / close)
    windowed("QTLD", lambda d: close.rolling(d).quantile(0.2) / close)
    windowed("RANK", lambda d: close.rolling(d).rank(pct=True))
    windowed(
        "RSV",
        lambda d: (close - low.rolling(d).min())
        / (high.rolling(d).max() - low.rolling(d).min() + TINY),
    )
    highest = {d: each(high, d, lambda w: w.argmax() + 1) for d in WINDOWS}
    lowest = {d: each(low, d, lambda w: w.argmin() + 1) for d in WINDOWS}
    windowed("IMAX", lambda d: highest[d] / d)
    windowed("IMIN", lambda d: lowest[d] / d)
    windowed("IMXD", lambda d: (highest[d] - lowest[d]) / d)
    windowed("CORR", lambda d: close.rolling(d).corr(np.log(volume + 1)))
    windowed(
        "CORD",
        lambda d: (close / close.shift(1)).rolling(d).corr(np.log(volume / volume.shift(1) + 1)),
    )
    rises = (close > close.shift(1)).astype(float).where(change.notna())
    falls = (close < close.shift(1)).astype(float).where(change.notna())
    windowed("CNTP", lambda d: rises.rolling(d).mean())
    windowed("CNTN", lambda d: falls.rolling(d).mean())
    windowed("CNTD", lambda d: rises.rolling(d).mean() - falls.rolling(d).mean())
    windowed("SUMP", lambda d: share(change, d, 1))
    windowed("SUMN", lambda d: share(change, d, -1))
    windowed("SUMD", lambda d: share(change, d, 1) - share(change, d, -1))
    windowed("VMA", lambda d: volume.rolling(d).mean() / (volume + TINY))
    windowed("VSTD", lambda d: volume.rolling(d).std() / (volume + TINY))
    windowed("WVMA", lambda d: move.rolling(d).std() / (move.rolling(d).mean() + TINY))
    windowed("VSUMP", lambda d: share(volume_change, d, 1))
    windowed("VSUMN", lambda d: share(volume_change, d, -1))
    windowed("VSUMD", lambda d: share(volume_change, d, 1) - share(volume_change, d, -1))
    assert len(made) == 158
    return made


def alpha360(bars: pd.DataFrame) -> dict[str, pd.Series]:
    made = {}
    for name in ("close", "open", "high", "low", "vwap", "volume"):
        unit = bars["volume"] + TINY if name == "volume" else bars["close"]
        for days in range(60):
            made[f"{name.upper()}{days}"] = bars[name].shift(days) / unit
    assert len(made) == 360
    return made


def main() -> None:
    given = pl.read_parquet(HERE / "inputs" / "stocks.parquet")
    columns = ["open", "high", "low", "close", "volume"]
    bars = pd.DataFrame({name: given[name].to_numpy() for name in columns}).astype(float)
    bars["vwap"] = (bars["high"] + bars["low"] + bars["close"]) / 3
    for name, of, rows in (("alpha158", alpha158, LAST), ("alpha360", alpha360, FIRST + 20)):
        values = {key: column.to_numpy()[FIRST:rows] for key, column in of(bars).items()}
        frame = pl.DataFrame(values)
        assert not any(column.is_nan().any() for column in frame)
        frame.write_parquet(HERE / "expected" / f"pipeline_{name}.parquet", compression="zstd")


if __name__ == "__main__":
    main()
