//! The bars of many keys.

use ta_saved::Saved;
use thiserror::Error;

use crate::series::{Series, Spans};
use crate::{Bar, Label, Tick, Windows};

/// When a bar closes.
#[derive(Debug, Clone)]
pub enum Rule {
    /// At the end of its window.
    Time(Windows),
    /// When it has so many ticks.
    Ticks(u64),
    /// When it has this volume or more. A tick is never divided.
    Volume(f64),
}

/// Why a tick is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refused {
    /// Its bar is closed.
    #[error("the tick is older than the forming bar")]
    Late,
    /// So many bars without ticks would come before it.
    #[error("more than {0} bars without ticks would come before this time")]
    TooManyEmpty(usize),
    /// There is no such key.
    #[error("there is no such key")]
    NoKey,
}

/// A bar that takes no more ticks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Closed {
    /// The number of its key.
    pub key: usize,
    /// The bar.
    pub bar: Bar,
}

/// What a restart has to know.
#[derive(Debug, Clone, PartialEq, Saved)]
pub(crate) struct State {
    /// All ticks before this time have come.
    pub clock: i64,
    pub series: Vec<Series>,
}

/// The forming bars of any number of keys, and the closed bars that nobody has taken yet.
#[derive(Debug, Clone)]
pub struct Bars {
    rule: Rule,
    label: Label,
    fill: bool,
    pub(crate) state: State,
    closed: Vec<Closed>,
    /// Closed bars of one key, before they have its number.
    fresh: Vec<Bar>,
}

impl Bars {
    /// Bars of no key yet. With `fill`, a window without ticks has a bar that repeats the close
    /// before it; bars of a count and of a volume have no windows.
    pub fn new(rule: Rule, label: Label, fill: bool) -> Self {
        let state = State { clock: i64::MIN, series: Vec::new() };
        Self { rule, label, fill, state, closed: Vec::new(), fresh: Vec::new() }
    }

    /// Adds a key and returns its number.
    pub fn add(&mut self) -> usize {
        self.state.series.push(Series::default());
        self.state.series.len() - 1
    }

    /// The number of keys.
    pub fn len(&self) -> usize {
        self.state.series.len()
    }

    /// Whether there is no key.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Forgets all ticks of a key; its number stays.
    pub fn reset(&mut self, key: usize) {
        if let Some(series) = self.state.series.get_mut(key) {
            *series = Series::default();
        }
    }

    /// Takes a tick.
    ///
    /// # Errors
    /// [`Refused`]. The tick then has changed nothing.
    pub fn update(&mut self, key: usize, tick: &Tick) -> Result<(), Refused> {
        let spans = |windows| Spans {
            windows,
            label: self.label,
            fill: self.fill,
            clock: self.state.clock,
        };
        let series = self.state.series.get_mut(key).ok_or(Refused::NoKey)?;
        let before = *series;
        let (label, fresh) = (self.label, &mut self.fresh);
        let taken = match &self.rule {
            Rule::Time(windows) => series.update_spans(tick, spans(windows), fresh),
            Rule::Ticks(count) => {
                series.update_counted(tick, label, |bar| bar.ticks >= *count, fresh)
            }
            Rule::Volume(volume) => {
                series.update_counted(tick, label, |bar| bar.volume >= *volume, fresh)
            }
        };
        if taken.is_err() {
            *series = before;
            fresh.clear();
        }
        self.closed.extend(fresh.drain(..).map(|bar| Closed { key, bar }));
        taken
    }

    /// Takes many ticks, each with the number of its key. With `drop_late`, late ones are left out.
    /// Returns how many were.
    ///
    /// # Errors
    /// The index of the tick that is refused, and why. All ticks then have changed nothing.
    pub fn update_many(
        &mut self,
        ticks: impl IntoIterator<Item = (usize, Tick)>,
        drop_late: bool,
    ) -> Result<usize, (usize, Refused)> {
        let (state, closed) = (self.state.clone(), self.closed.len());
        let mut late = 0;
        for (at, (key, tick)) in ticks.into_iter().enumerate() {
            match self.update(key, &tick) {
                Ok(()) => {}
                Err(Refused::Late) if drop_late => late += 1,
                Err(refused) => {
                    self.state = state;
                    self.closed.truncate(closed);
                    return Err((at, refused));
                }
            }
        }
        Ok(late)
    }

    /// Says that all ticks before a time have come, and closes the bars whose windows ended by then.
    /// Bars of a count or a volume have none.
    ///
    /// # Errors
    /// [`Refused::TooManyEmpty`]. Nothing has changed then.
    pub fn close(&mut self, time: i64) -> Result<(), Refused> {
        let Rule::Time(windows) = &self.rule else { return Ok(()) };
        let (state, closed) = (self.state.clone(), self.closed.len());
        self.state.clock = self.state.clock.max(time);
        let clock = self.state.clock;
        let spans = Spans { windows, label: self.label, fill: self.fill, clock };
        for (key, series) in self.state.series.iter_mut().enumerate() {
            let ended = series.end_before(clock, spans, &mut self.fresh);
            self.closed.extend(self.fresh.drain(..).map(|bar| Closed { key, bar }));
            if ended.is_err() {
                self.state = state;
                self.closed.truncate(closed);
                return ended;
            }
        }
        Ok(())
    }

    /// Closes all forming bars. Later ticks of their windows are late.
    pub fn flush(&mut self) {
        for (key, series) in self.state.series.iter_mut().enumerate() {
            series.end(self.label, &mut self.fresh);
            self.closed.extend(self.fresh.drain(..).map(|bar| Closed { key, bar }));
        }
    }

    /// The forming bar of a key, if there is one.
    pub fn forming(&self, key: usize) -> Option<Bar> {
        self.state.series.get(key)?.forming(self.label)
    }

    /// The bars that have closed since they were last taken, in the order in which they closed.
    pub fn closed(&self) -> &[Closed] {
        &self.closed
    }

    /// Takes these bars.
    pub fn take_closed(&mut self) -> Vec<Closed> {
        std::mem::take(&mut self.closed)
    }

    /// Forgets these bars.
    pub fn clear_closed(&mut self) {
        self.closed.clear();
    }
}
