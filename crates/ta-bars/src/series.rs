//! The bars of one key.

use ta_saved::Saved;

use crate::bar::Forming;
use crate::{Bar, Label, Refused, Tick, Window, Windows};

/// The most bars without ticks between two ticks.
const MOST_EMPTY: usize = 1_000_000;

/// The forming bar of one key, and what has to be known of the bars before it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Saved)]
pub(crate) struct Series {
    /// The window of the newest bar, closed or forming.
    window: Option<Window>,
    forming: Option<Forming>,
    /// The last close of the closed bars.
    close: Option<f64>,
    /// The newest time of the closed bars of a count.
    newest: Option<i64>,
}

/// What bars of time need beside their ticks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spans<'a> {
    pub windows: &'a Windows,
    pub label: Label,
    /// Whether a window without ticks has a bar.
    pub fill: bool,
    /// The time before which all ticks have come.
    pub clock: i64,
}

impl Series {
    /// Takes a tick of bars of time. Bars that it closes are appended to `closed`, also if the tick
    /// is refused.
    pub fn update_spans(
        &mut self,
        tick: &Tick,
        spans: Spans<'_>,
        closed: &mut Vec<Bar>,
    ) -> Result<(), Refused> {
        let Spans { windows, fill, clock, .. } = spans;
        let Some(window) = self.window else {
            let first = windows.first(tick.time);
            if windows.has_ended(first, clock) {
                return Err(Refused::Late);
            }
            self.begin(first, tick);
            return Ok(());
        };
        if windows.is_before(tick.time, window) {
            return Err(Refused::Late);
        }
        if !windows.has_ended(window, tick.time) {
            let forming = self.forming.as_mut().ok_or(Refused::Late)?;
            forming.add(tick);
            return Ok(());
        }
        let mut next = windows.after(window, tick.time);
        if windows.has_ended(next, clock) {
            return Err(Refused::Late);
        }
        self.end_before(tick.time, spans, closed)?;
        if fill {
            next = windows.next(self.window.unwrap_or(window));
        }
        self.begin(next, tick);
        Ok(())
    }

    fn begin(&mut self, window: Window, tick: &Tick) {
        self.window = Some(window);
        self.forming = Some(Forming::new(tick));
    }

    /// Closes the bars whose windows have ended at a time.
    pub fn end_before(
        &mut self,
        time: i64,
        spans: Spans<'_>,
        closed: &mut Vec<Bar>,
    ) -> Result<(), Refused> {
        let Spans { windows, fill, label, .. } = spans;
        let Some(window) = self.window.filter(|&window| windows.has_ended(window, time)) else {
            return Ok(());
        };
        self.end(label, closed);
        let Some(close) = self.close.filter(|_| fill) else { return Ok(()) };
        let mut next = windows.next(window);
        let before = closed.len();
        while windows.has_ended(next, time) {
            if closed.len() - before == MOST_EMPTY {
                return Err(Refused::TooManyEmpty(MOST_EMPTY));
            }
            let time = if label == Label::Right { next.stop } else { next.start };
            let [open, high, low] = [close; 3];
            closed.push(Bar { time, open, high, low, close, volume: 0.0, ticks: 0 });
            self.window = Some(next);
            next = windows.next(next);
        }
        Ok(())
    }

    /// Takes a tick of bars of a count or a volume, which are full when `is_full` says so.
    pub fn update_counted(
        &mut self,
        tick: &Tick,
        label: Label,
        is_full: impl FnOnce(&Bar) -> bool,
        closed: &mut Vec<Bar>,
    ) -> Result<(), Refused> {
        let newest = self.forming.map(|forming| forming.newest).or(self.newest);
        if newest.is_some_and(|newest| tick.time < newest) {
            return Err(Refused::Late);
        }
        let forming = match &mut self.forming {
            Some(forming) => {
                forming.add(tick);
                forming
            }
            None => self.forming.insert(Forming::new(tick)),
        };
        if is_full(&forming.bar) {
            self.end(label, closed);
        }
        Ok(())
    }

    /// Closes the forming bar.
    pub fn end(&mut self, label: Label, closed: &mut Vec<Bar>) {
        let Some(bar) = self.forming(label) else { return };
        self.close = Some(bar.close);
        self.newest = self.forming.take().map(|forming| forming.newest);
        closed.push(bar);
    }

    /// The forming bar.
    pub fn forming(&self, label: Label) -> Option<Bar> {
        let Forming { mut bar, newest } = self.forming?;
        bar.time = match (label, self.window) {
            (Label::Left, Some(window)) => window.start,
            (Label::Right, Some(window)) => window.stop,
            (Label::Right, None) => newest,
            (Label::Left, None) | (Label::Datapoint, _) => bar.time,
        };
        Some(bar)
    }
}
