"""Hand-built bars for candlestick patterns too rare to wait for.

Each shape is written in ticks around an arbitrary zero, (open, high, low, close) per bar,
and is preceded by ordinary bars, because the candle settings judge "long" and "short"
against the average of the ten bars before. Mirrored shapes are turned upside down by
`mirrored`, so only one direction is written out.
"""

from __future__ import annotations

Bar = tuple[int, int, int, int]
TICK, LEVEL, LEAD_IN = 0.05, 2000, 14

#: A long black bar, a gap down, two lower bars, then a white bar closing inside the gap.
BREAKAWAY_BULLISH: list[Bar] = [
    (100, 102, 58, 60), (55, 57, 48, 50), (50, 53, 44, 46), (45, 48, 39, 41), (42, 58, 41, 57),
]
#: A long white bar, a gap up to a small black one, a drift down that holds above half of
#: the first body, then a white bar to a new high.
MAT_HOLD: list[Bar] = [
    (0, 42, -2, 40), (48, 50, 43, 44), (41, 42, 36, 37), (38, 39, 33, 34), (36, 62, 35, 60),
]
#: As MAT_HOLD, but the last reaction bar dips deeper: within 0.8 of the first body, not 0.5.
MAT_HOLD_DEEP: list[Bar] = [
    (0, 42, -2, 40), (48, 50, 43, 44), (41, 42, 36, 37), (19, 20, 14, 15), (18, 62, 17, 60),
]
#: A long white bar, three small black ones inside its range, a long white one above it.
RISING_THREE_METHODS: list[Bar] = [
    (0, 42, -2, 40), (36, 38, 31, 32), (31, 32, 26, 27), (26, 27, 21, 22), (24, 62, 23, 60),
]
#: A long black bar with a long lower shadow, a smaller one inside it, a tiny marubozu.
THREE_STARS_IN_THE_SOUTH: list[Bar] = [
    (100, 102, 30, 70), (82, 84, 45, 62), (60, 60, 54, 54),
]
#: Two black marubozus, a gap down with a shadow reaching back, a black bar engulfing that.
CONCEALING_BABY_SWALLOW: list[Bar] = [
    (100, 100, 80, 80), (78, 78, 58, 58), (50, 62, 44, 45), (64, 65, 38, 40),
]
#: A long white bar, a small black one above a gap, a black one engulfing it, gap still open.
UPSIDE_GAP_TWO_CROWS: list[Bar] = [
    (0, 42, -2, 40), (50, 52, 45, 46), (52, 54, 42, 43),
]
#: A black marubozu, then a longer white one above a gap.
KICKING_BULLISH: list[Bar] = [
    (100, 100, 70, 70), (105, 140, 105, 140),
]
#: As above, but the first is the longer one: CDLKICKINGBYLENGTH then follows the first.
KICKING_FIRST_LONGER: list[Bar] = [
    (100, 100, 55, 55), (105, 135, 105, 135),
]
#: A black marubozu, then a white one opening at the first one's low: no gap, so nothing.
NOT_KICKING: list[Bar] = [
    (100, 100, 70, 70), (70, 105, 70, 105),
]


def mirrored(shape: list[Bar]) -> list[Bar]:
    """The shape upside down: white becomes black and a gap up becomes a gap down."""
    return [(-open_, -low, -high, -close) for open_, high, low, close in shape]


def rare_pattern_bars() -> list[tuple[float, ...]]:
    """All shapes, one after the other, each behind its lead-in."""
    shapes = [
        BREAKAWAY_BULLISH, mirrored(BREAKAWAY_BULLISH), MAT_HOLD, MAT_HOLD_DEEP,
        RISING_THREE_METHODS, mirrored(RISING_THREE_METHODS), THREE_STARS_IN_THE_SOUTH,
        CONCEALING_BABY_SWALLOW, UPSIDE_GAP_TWO_CROWS, KICKING_BULLISH,
        mirrored(KICKING_BULLISH), KICKING_FIRST_LONGER, mirrored(KICKING_FIRST_LONGER),
        NOT_KICKING,
    ]
    bars: list[Bar] = []
    for shape in shapes:
        bars += [ordinary_bar(number) for number in range(LEAD_IN)] + shape
    bars += [ordinary_bar(number) for number in range(LEAD_IN)]
    return [tuple(round((LEVEL + value) * TICK, 2) for value in bar) for bar in bars]


def ordinary_bar(number: int) -> Bar:
    """A bar with a middling body and two shadows, alternately white and black."""
    body, shadow = 10 + number % 3, 5 + number % 2
    close = 30 + body if number % 2 == 0 else 30
    open_ = 30 if number % 2 == 0 else 30 + body
    return (open_, max(open_, close) + shadow, min(open_, close) - shadow, close)
