//! The windows of bars of time.

use chrono::{DateTime, Datelike, Months, NaiveDateTime, NaiveTime};

use crate::length::DAY;
use crate::{Length, Zone};

/// The end that belongs to a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closes {
    /// The start.
    Left,
    /// The end.
    Right,
}

/// Where the first window starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StartBy {
    /// At a multiple of the length.
    Window,
    /// At the first tick.
    Datapoint,
    /// On the Monday of the first tick.
    Monday,
}

/// A span of time, in nanoseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ta_saved::Saved)]
pub struct Window {
    /// Its start.
    pub start: i64,
    /// Its end, the start of the next.
    pub stop: i64,
}

/// The rule by which windows follow each other: that of polars' dynamic group-by.
///
/// The first window depends on the first tick. Each later one begins a length after the one before,
/// or several lengths after it at once, as polars jumps over windows without rows. After clocks
/// change this is not the same as asking each tick for its window: windows of four hours then begin
/// at one o'clock.
#[derive(Debug, Clone)]
pub struct Windows {
    /// The length, of one kind of unit.
    every: Length,
    offset: Length,
    closes: Closes,
    start_by: StartBy,
    zone: Zone,
}

impl Windows {
    /// Windows of a length, with their starts moved by an offset. Nothing if the length is zero or
    /// negative, or mixes units of which one may change its length.
    pub fn new(
        every: Length,
        offset: Length,
        closes: Closes,
        start_by: StartBy,
        zone: Zone,
    ) -> Option<Self> {
        every.is_of_one_kind().then_some(Self { every, offset, closes, start_by, zone })
    }

    /// The window of the first tick.
    pub fn first(&self, time: i64) -> Window {
        let from = match self.start_by {
            StartBy::Datapoint => return self.from(time),
            StartBy::Window => self.truncate(time),
            StartBy::Monday => self.monday(time),
        };
        let mut window = self.from(self.shift(self.offset, from));
        while self.is_before(time, window) {
            let open = i64::from(self.closes == Closes::Right);
            let gap = window.start - time + open;
            let back = (gap + self.every.most() - 1) / self.every.most();
            window = self.from(self.shift(self.every.times(-back.max(1)), window.start));
        }
        self.reach(window, time)
    }

    /// The window of a time after a window.
    pub fn after(&self, window: Window, time: i64) -> Window {
        self.reach(self.next(window), time)
    }

    /// The window that follows.
    pub fn next(&self, window: Window) -> Window {
        self.from(self.shift(self.every, window.start))
    }

    /// Whether a time is before a window.
    pub fn is_before(&self, time: i64, window: Window) -> bool {
        match self.closes {
            Closes::Left => time < window.start,
            Closes::Right => time <= window.start,
        }
    }

    /// Whether a window has ended at a time.
    pub fn has_ended(&self, window: Window, time: i64) -> bool {
        match self.closes {
            Closes::Left => window.stop <= time,
            Closes::Right => window.stop < time,
        }
    }

    fn reach(&self, mut window: Window, time: i64) -> Window {
        let most = self.every.most();
        while self.has_ended(window, time) {
            let next = self.next(window);
            let gap = time - next.start;
            // The length is the longest that it can be, so that this never goes too far.
            let jump = if gap > 2 * most { (gap - most) / most } else { 0 };
            window = self.from(self.shift(self.every.times(jump), next.start));
        }
        window
    }

    fn from(&self, start: i64) -> Window {
        Window { start, stop: self.shift(self.every, start) }
    }

    /// The last multiple of the length before a time, on the clocks of the zone: since 1970, weeks
    /// since a Monday.
    fn truncate(&self, time: i64) -> i64 {
        let local = self.zone.local(time);
        let Length { months, weeks, days, nanoseconds } = self.every;
        let start = if months > 0 {
            let date = naive(local).date();
            let month = i64::from(date.year() - 1970) * 12 + i64::from(date.month0());
            let first = date.with_day(1).unwrap_or(date).and_time(NaiveTime::MIN);
            count(add_months(first, -month.rem_euclid(months)))
        } else if weeks > 0 {
            local - (local - 4 * DAY).rem_euclid(weeks * 7 * DAY)
        } else {
            local - local.rem_euclid(days * DAY + nanoseconds)
        };
        self.zone.utc_of(start, time)
    }

    /// The midnight of the day so many days of 24 hours before a time as its weekday is after
    /// Monday.
    fn monday(&self, time: i64) -> i64 {
        let weekday = naive(self.zone.local(time)).weekday().num_days_from_monday();
        let local = self.zone.local(time - i64::from(weekday) * DAY);
        self.zone.utc_of(local - local.rem_euclid(DAY), time)
    }

    /// A time moved by a length. Months, weeks and days are those of the zone's clocks.
    fn shift(&self, length: Length, time: i64) -> i64 {
        let Length { months, weeks, days, nanoseconds } = length;
        let mut time = time;
        if months != 0 {
            let moved = count(add_months(naive(self.zone.local(time)), months));
            time = self.zone.utc_of(moved, time);
        }
        for days in [weeks * 7, days] {
            if days != 0 {
                time = self.zone.utc_of(self.zone.local(time) + days * DAY, time);
            }
        }
        time + nanoseconds
    }
}

fn naive(local: i64) -> NaiveDateTime {
    DateTime::from_timestamp_nanos(local).naive_utc()
}

/// Nanoseconds since 1970. Times and lengths are so limited that they always fit.
fn count(local: NaiveDateTime) -> i64 {
    local.and_utc().timestamp_nanos_opt().unwrap_or(i64::MAX)
}

/// The same day and time in another month, or the month's last day.
fn add_months(time: NaiveDateTime, months: i64) -> NaiveDateTime {
    let count = Months::new(u32::try_from(months.unsigned_abs()).unwrap_or(u32::MAX));
    let moved =
        if months < 0 { time.checked_sub_months(count) } else { time.checked_add_months(count) };
    moved.unwrap_or(time)
}
