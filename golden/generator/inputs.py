"""The input frames the expected values are computed on.

All of them are built with integer arithmetic and plain IEEE operations only, so that the
same bytes come out on every machine.
"""

from __future__ import annotations

import random
from pathlib import Path

import polars as pl

from .rare_bars import rare_pattern_bars

PRICES = ["open", "high", "low", "close", "volume"]
#: IBM carries no split in these rows; the window spans the calm of 2007 and the crash of 2008.
SYMBOL, OTHER_SYMBOL, FIRST_DATE, ROWS = "IBM", "MSFT", "2007-01-03", 600


def build_inputs(csv: Path) -> dict[str, pl.DataFrame]:
    """Every input frame by name."""
    return {
        "stocks": stocks(csv),
        "patterns": patterns(),
        "rare_patterns": frame_of(rare_pattern_bars()),
        "degenerate": degenerate(),
    }


def stocks(csv: Path) -> pl.DataFrame:
    """Real daily bars of one symbol, plus what a few functions need besides prices.

    `other` is a second symbol's close on the same dates. `periods` serves MAVP: fractions
    (which TA-Lib truncates), and values below the minimum and above the maximum period
    (which it clips). `unit` maps the closes into (-1, 1), the domain of ACOS and ASIN.
    `session` is the month of the date, `anchor` is true on a few rows, not the first.
    """
    bars = pl.read_csv(csv, try_parse_dates=False)
    of = lambda symbol: bars.filter(  # noqa: E731
        (pl.col("symbol") == symbol) & (pl.col("date") >= FIRST_DATE)
    ).head(ROWS)
    main, other = of(SYMBOL), of(OTHER_SYMBOL)
    month = [int(date[5:7]) for date in main["date"].to_list()]
    assert main.height == ROWS and main["date"].to_list() == other["date"].to_list()
    close = main["close"].to_list()
    low, high = min(close), max(close)
    return main.select(pl.col(PRICES).cast(pl.Float64)).with_columns(
        pl.Series("other", other["close"].to_list(), dtype=pl.Float64),
        pl.Series("periods", [period_at(row) for row in range(ROWS)], dtype=pl.Float64),
        pl.Series("unit", [1.98 * (c - low) / (high - low) - 0.99 for c in close]),
        pl.Series("session", month, dtype=pl.Int32),
        pl.Series("anchor", [row % 130 == 25 for row in range(ROWS)]),
    )


def period_at(row: int) -> float:
    """A varying MAVP period: -1.0 to 38.9 in tenths, now and then far out of range."""
    if row % 50 == 49:
        return 1000.0 if row % 100 == 99 else -1000.0
    return (row * 37 % 400) / 10 - 1


def patterns(rows: int = 9000, tick: float = 0.05) -> pl.DataFrame:
    """A seeded series on a price grid, made so that candlestick patterns occur.

    A random walk in floating point has no gaps, no equal prices and no exact dojis. Here
    everything is a whole number of ticks, the body and shadow sizes come in classes as the
    candle settings distinguish them, and opens often gap from, or equal, the last bar's prices.
    """
    rng = random.Random(20240229)
    bars: list[tuple[int, int, int, int]] = []
    close, opened, colour, run = 2000, 2000, 1, 0
    for _ in range(rows):
        if run == 0:  # a few bars of the same colour: trends are half of most patterns
            colour, run = rng.choice((1, -1)), rng.choice((1, 1, 2, 3, 4))
        run -= 1
        open_ = rng.choice((
            close, close, close + rng.randint(-2, 2), close + rng.randint(-30, 30),
            opened, rng.randint(min(opened, close), max(opened, close)), close + rng.choice((-60, 60)),
            close + rng.randint(1, 12) * (1 if close >= opened else -1),
        ))
        body = rng.choice((0, rng.randint(0, 2), rng.randint(3, 10), rng.randint(10, 30),
                           rng.randint(30, 60), rng.randint(30, 60)))
        new_close = open_ + colour * body
        if rng.random() < 0.08:
            new_close = close  # equal closes
        shadows = [rng.choice((0, 0, rng.randint(0, 2), rng.randint(2, 10), rng.randint(10, 60)))
                   for _ in range(2)]
        high = max(open_, new_close) + shadows[0]
        low = min(open_, new_close) - shadows[1]
        shift = 0
        if not 1200 < new_close < 2800:  # stay on the grid's middle: one gap back
            shift = 2000 - new_close
        opened, close = open_ + shift, new_close + shift
        bars.append((opened, high + shift, low + shift, close))
    scaled = [tuple(round(value * tick, 2) for value in bar) for bar in bars]
    return frame_of(scaled)


def degenerate() -> pl.DataFrame:
    """Bars where formulas divide by zero: no range, no change, no volume, one-way markets.

    Prices are quarters, exact in binary, so that a zero is a zero for every library.
    """
    quarters: list[tuple[int, int, int, int]] = []  # open, high, low, close
    volumes: list[int] = []
    level = 400
    for row in range(300):
        stage, step = divmod(row, 50)
        if stage == 0:  # an ordinary, if regular, market
            move = (step * 7 % 11) - 5
            bar, volume = (level, level + max(move, 0) + 2, level + min(move, 0) - 1, level + move), 1000 + step
        elif stage == 1:  # nothing moves; in the second half nothing trades either
            bar, volume = (level, level, level, level), 500 if step < 25 else 0
        elif stage == 2:  # straight up, closing on the high
            bar, volume = (level, level + 4, level, level + 4), 800
        elif stage == 3:  # straight down, closing on the low
            bar, volume = (level, level, level - 4, level - 4), 800
        elif stage == 4:  # the close flips between two values inside a constant range
            bar, volume = (400, 408, 392, 404 if step % 2 else 396), 700 + step % 3
        else:  # constant close, with and without range, with and without volume
            wide = 6 if step % 4 == 0 else 0
            bar, volume = (400, 400 + wide, 400 - wide, 400), 900 if step % 3 else 0
        quarters.append(bar)
        volumes.append(volume)
        level = bar[3]
    other = [200 + (row // 30) % 3 for row in range(300)]
    return pl.DataFrame(
        [(*(value / 4 for value in bar), float(volume), value / 4, float(2 + row % 9), (row % 9 - 4) / 4)
         for row, (bar, volume, value) in enumerate(zip(quarters, volumes, other, strict=True))],
        schema={name: pl.Float64 for name in [*PRICES, "other", "periods", "unit"]},
        orient="row",
    )


def frame_of(bars: list[tuple[float, ...]]) -> pl.DataFrame:
    """Open, high, low, close with a made-up volume; checks that the bars are possible."""
    for open_, high, low, close in bars:
        assert low <= min(open_, close) and max(open_, close) <= high, (open_, high, low, close)
    return pl.DataFrame(
        [(*map(float, bar), float(1000 + row * 7919 % 9001)) for row, bar in enumerate(bars)],
        schema={name: pl.Float64 for name in PRICES},
        orient="row",
    )
