"""Plain, slow building blocks for the formula oracles.

A series is a list with None for "no value yet"; None occurs at the front only. Every window
is summed afresh, so nothing here shares the running sums of the code under test.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable

Series = list[float | None]


def first_of(values: Series) -> int:
    """Index of the first value."""
    return next((i for i, value in enumerate(values) if value is not None), len(values))


def rolling(values: Series, period: int, reduce: Callable[[list[float]], float]) -> Series:
    """`reduce` over each full window of `period` values."""
    start = first_of(values) + period - 1
    return [reduce(values[i - period + 1 : i + 1]) if i >= start else None for i in range(len(values))]


def sma(values: Series, period: int) -> Series:
    """Simple moving average."""
    return rolling(values, period, lambda window: math.fsum(window) / period)


def highest(values: Series, period: int) -> Series:
    """Rolling maximum."""
    return rolling(values, period, max)


def lowest(values: Series, period: int) -> Series:
    """Rolling minimum."""
    return rolling(values, period, min)


def deviation(values: Series, period: int) -> Series:
    """Population standard deviation around the window's own mean."""
    return rolling(values, period, statistics.pstdev)


def recursive(values: Series, factor: float, seed: float, start: int) -> Series:
    """`y += factor * (x - y)` from the bar after `start`, where y is `seed`."""
    out: Series = [None] * len(values)
    if start < len(values):
        out[start] = seed
    for i in range(start + 1, len(values)):
        out[i] = out[i - 1] + factor * (values[i] - out[i - 1])
    return out


def smoothed(values: Series, period: int, factor: float) -> Series:
    """An exponential average whose first value is the mean of the first `period` values."""
    first = first_of(values)
    start = first + period - 1
    if start >= len(values):
        return [None] * len(values)
    return recursive(values, factor, math.fsum(values[first : start + 1]) / period, start)


def ema(values: Series, period: int) -> Series:
    """Exponential moving average with factor 2 / (period + 1), SMA-seeded."""
    return smoothed(values, period, 2 / (period + 1))


def rma(values: Series, period: int) -> Series:
    """Wilder's average, factor 1 / period, SMA-seeded."""
    return smoothed(values, period, 1 / period)


def combine(function: Callable[..., float], *series: Series) -> Series:
    """`function` of the series' values at each bar where all of them have one."""
    return [None if None in row else function(*row) for row in zip(*series, strict=True)]


def change(values: Series) -> Series:
    """Difference to the bar before."""
    first = first_of(values)
    return [values[i] - values[i - 1] if i > first else None for i in range(len(values))]


def rate_of_change(values: Series, period: int) -> Series:
    """Percent change over `period` bars, 0 where the older value is 0."""
    first = first_of(values) + period
    return [None if i < first else 100 * (values[i] / values[i - period] - 1) if values[i - period] else 0.0
            for i in range(len(values))]


def rsi(values: Series, period: int) -> Series:
    """Wilder's relative strength index, 0 when nothing has moved (as TA-Lib has it)."""
    moves = change(values)
    gains = rma(combine(lambda move: max(move, 0.0), moves), period)
    losses = rma(combine(lambda move: max(-move, 0.0), moves), period)
    return combine(lambda gain, loss: 100 * gain / (gain + loss) if gain + loss else 0.0, gains, losses)


def true_ranges(high: Series, low: Series, close: Series) -> Series:
    """Wilder's true range, from the second bar on."""
    return [None] + [max(high[i], close[i - 1]) - min(low[i], close[i - 1]) for i in range(1, len(close))]


def regression_end(window: list[float]) -> float:
    """The least-squares line through the window, at its last point."""
    fit = statistics.linear_regression(range(len(window)), window)
    return fit.intercept + fit.slope * (len(window) - 1)


def masked(*outputs: Series) -> list[Series]:
    """Outputs of one function share a lookback: none has a value before all of them have."""
    start = max(first_of(series) for series in outputs)
    return [[value if i >= start else None for i, value in enumerate(series)] for series in outputs]
