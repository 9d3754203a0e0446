//! Ticks and bars.

use ta_saved::Saved;

/// A trade, or a shorter bar. All numbers are finite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tick {
    /// Nanoseconds since 1970.
    pub time: i64,
    /// The first price; of a trade, its price, as the next three.
    pub open: f64,
    /// The highest price.
    pub high: f64,
    /// The lowest price.
    pub low: f64,
    /// The last price.
    pub close: f64,
    /// What was traded.
    pub volume: f64,
}

/// A bar of one or more ticks; one of none repeats the close before it.
#[derive(Debug, Clone, Copy, PartialEq, Saved)]
pub struct Bar {
    /// Its time, by its [`Label`].
    pub time: i64,
    /// The open of the oldest tick.
    pub open: f64,
    /// The highest high.
    pub high: f64,
    /// The lowest low.
    pub low: f64,
    /// The close of the newest tick.
    pub close: f64,
    /// The sum of the volumes.
    pub volume: f64,
    /// The number of ticks.
    pub ticks: u64,
}

/// The time of a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// The start of its window; without windows, the time of its oldest tick.
    Left,
    /// The end of its window; without windows, the time of its newest tick.
    Right,
    /// The time of its oldest tick.
    Datapoint,
}

/// A bar that still takes ticks, in any order of their times.
#[derive(Debug, Clone, Copy, PartialEq, Saved)]
pub(crate) struct Forming {
    /// The bar, with the time of its oldest tick.
    pub bar: Bar,
    /// The time of its newest tick.
    pub newest: i64,
}

impl Forming {
    pub fn new(tick: &Tick) -> Self {
        let Tick { time, open, high, low, close, volume } = *tick;
        Self { bar: Bar { time, open, high, low, close, volume, ticks: 1 }, newest: time }
    }

    pub fn add(&mut self, tick: &Tick) {
        let Self { bar, newest } = self;
        if tick.time < bar.time {
            (bar.time, bar.open) = (tick.time, tick.open);
        }
        if tick.time >= *newest {
            (*newest, bar.close) = (tick.time, tick.close);
        }
        bar.high = bar.high.max(tick.high);
        bar.low = bar.low.min(tick.low);
        bar.volume += tick.volume;
        bar.ticks += 1;
    }
}
