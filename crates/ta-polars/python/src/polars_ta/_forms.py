"""Recognizes how a text writes a time."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Forms:
    """The ways in which a text can be read as a time."""

    #: Patterns of strftime; several if day and month can be swapped.
    patterns: list[str]
    #: The same with fractions of a second, which other values may have.
    finer: list[str]
    #: Whether the patterns have a time of day.
    timed: bool
    #: Whether the text has more digits after the second than microseconds represent.
    nanoseconds: bool


_DATES = [
    (r"\d{4}([-/.])\d{1,2}\1\d{1,2}(?!\d)", ["%Y{0}%m{0}%d"]),
    (r"\d{1,2}([-/.])\d{1,2}\1\d{4}(?!\d)", ["%d{0}%m{0}%Y", "%m{0}%d{0}%Y"]),
    (r"\d{2}([-/.])\d{1,2}\1\d{2}(?!\d)", ["%d{0}%m{0}%y", "%m{0}%d{0}%y", "%y{0}%m{0}%d"]),
    (r"\d{1,2}([-/.])\d{1,2}\1\d{2}(?!\d)", ["%d{0}%m{0}%y", "%m{0}%d{0}%y"]),
    (r"\d{1,2}([-/ ])[A-Za-z]{3,9}\1\d{4}(?!\d)", ["%d{0}%B{0}%Y"]),
    (r"\d{1,2}([-/ ])[A-Za-z]{3,9}\1\d{2}(?!\d)", ["%d{0}%B{0}%y"]),
    (r"[A-Za-z]{3,9} \d{1,2}(,? )\d{4}(?!\d)", ["%B %d{0}%Y"]),
    (r"\d{8}(?=[T ])()", ["%Y%m%d"]),
]

#: A separator, a time of day, and perhaps a zone, after a date.
_CLOCK = re.compile(
    r"(T|, | )(\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?|\d{6}|\d{4})( ?[AaPp][Mm])?"
    r"( ?(?:[+-]\d{2}(?::?\d{2})?|Z)| UTC| GMT)?",
    re.ASCII,
)


def forms_of(text: str) -> Forms | None:
    """The forms of a text; nothing if none is known."""
    for shape, dates in _DATES:
        found = re.match(shape, text, re.ASCII)
        if not found:
            continue
        patterns = [date.format(found[1]) for date in dates]
        rest = text[found.end() :]
        if rest == "":
            return Forms(patterns, [], timed=False, nanoseconds=False)
        clock = _CLOCK.fullmatch(rest)
        if clock is None:
            return None
        separator, time, half, zone = clock.groups()
        after = separator + _clock_pattern(time, half) + _zone_pattern(zone)
        finer = after.replace("%S", "%S%.f", 1)
        whole = re.search(r":\d\d:\d\d$", time) is not None
        return Forms(
            [date + after for date in patterns],
            [date + finer for date in patterns] if whole else [],
            timed=True,
            nanoseconds=re.search(r"\.\d{7,}$", time) is not None,
        )
    return None


def _clock_pattern(time: str, half: str | None) -> str:
    hour = "%H" if half is None else "%I"
    marked = "" if half is None else " %p" if half.startswith(" ") else "%p"
    if ":" not in time:
        return f"{hour}%M{'%S' if len(time) == 6 else ''}{marked}"
    # If this value has a fraction of a second, others may have none.
    fraction = "%.f" if "." in time else ""
    seconds = f":%S{fraction}" if time.count(":") == 2 else ""
    return f"{hour}:%M{seconds}{marked}"


def _zone_pattern(zone: str | None) -> str:
    if zone is None:
        return ""
    # Polars reads names of zones as literal text. Only these two always mean the same offset.
    if "UTC" in zone or "GMT" in zone:
        return zone
    return " %#z" if zone.startswith(" ") else "%#z"


def is_time_of_day(text: str) -> bool:
    """Whether a text is a time of day without a date."""
    return re.fullmatch(r"\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?", text, re.ASCII) is not None


def is_whole(text: str) -> bool:
    """Whether a text is a whole number."""
    return re.fullmatch(r"-?\d+", text, re.ASCII) is not None


def is_timed(pattern: str) -> bool:
    """Whether a strftime pattern has a time of day, or is a moment."""
    timed = r"%[-_0]?(?:[HIklMSfTRXcrspP+]|\.?[369]?f)"
    return re.search(timed, pattern.replace("%%", "")) is not None


def is_zoned(pattern: str) -> bool:
    """Whether a pattern has an offset from UTC, or names that zone."""
    return re.search(r"%(?::{0,3}|#)z|%\+| (UTC|GMT)$", pattern) is not None
