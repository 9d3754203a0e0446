//! Corrections: the bars before the newest that can be replaced, and the state before them.

use super::Stream;
use crate::{
    rows::{Bar, Rows},
    LiveError,
};

impl Stream {
    /// Replaces the bar of a key that is so many bars before the newest, and computes the bars after
    /// it again. The values of the newest bar are in lane 0.
    ///
    /// # Errors
    /// The bar is further back than the stream remembers, or an indicator refuses a bar;
    /// nothing has changed then.
    pub fn amend(&mut self, series: u32, back: usize, bar: Bar<'_>) -> Result<(), LiveError> {
        if back == 0 {
            return self.replace(series, bar);
        }
        let place = series as usize;
        let known = &self.series[place];
        if back > known.logged {
            return Err(LiveError::TooFarBack { back, most: known.logged });
        }
        let at = known.logged - back;
        self.check(1, |_| bar)?;
        self.grow_next()?;
        self.series[place].peeked = false;
        let (Some(next), Some(base)) = (&mut self.next, &self.base) else { return Ok(()) };
        next.copy(place, base, place)?;
        self.work.clear();
        (0..self.series[place].logged).for_each(|_| _ = self.work.commit(series));
        self.work.resize(&self.program);
        for lane in 0..self.series[place].logged {
            let logged = self.log.bar(self.series[place].log_place(place, self.amend, lane));
            let bar = if lane == at { bar } else { logged };
            bar.fill(lane, &mut self.work, &self.program);
        }
        self.work.run(&self.program, next)?;
        self.results.clear();
        self.results.peek(series);
        self.results.resize(&self.program);
        self.pending.bar(place).fill(0, &mut self.results, &self.program);
        self.results.run(&self.program, next)?;
        self.head.copy(place, next, place)?;
        self.log.put(self.series[place].log_place(place, self.amend, at), bar);
        Ok(())
    }

    /// Makes the pending bar of a key part of the history.
    pub(super) fn commit(&mut self, key: u32) -> Result<(), LiveError> {
        self.work.clear();
        self.work.commit(key);
        self.work.resize(&self.program);
        self.pending.bar(key as usize).fill(0, &mut self.work, &self.program);
        self.work.run(&self.program, &mut self.head)?;
        self.close(&[key])
    }

    /// Notes that the pending bars of keys have become part of the history.
    pub(super) fn close(&mut self, keys: &[u32]) -> Result<(), LiveError> {
        for &key in keys {
            if self.series[key as usize].is_pending() {
                self.series[key as usize].closed = true;
                self.remember(key)?;
            }
        }
        Ok(())
    }

    /// Adds the pending bar of a key to the bars that can be corrected. The oldest of them becomes
    /// part of the base.
    fn remember(&mut self, key: u32) -> Result<(), LiveError> {
        let (amend, Some(base)) = (self.amend, &mut self.base) else { return Ok(()) };
        let place = key as usize;
        if self.series[place].logged == amend {
            self.work.clear();
            self.work.commit(key);
            self.work.resize(&self.program);
            let oldest = self.log.bar(self.series[place].log_place(place, amend, 0));
            oldest.fill(0, &mut self.work, &self.program);
            self.work.run(&self.program, base)?;
            let series = &mut self.series[place];
            series.before = oldest.time;
            series.oldest = (series.oldest + 1) % amend;
            series.logged -= 1;
        }
        let free = self.series[place].log_place(place, amend, self.series[place].logged);
        self.log.copy(free, &self.pending, place);
        self.series[place].logged += 1;
        Ok(())
    }

    /// The times of the bars of a key that can be replaced, oldest first; the newest is the last.
    pub fn times(&self, series: u32) -> Vec<f64> {
        let place = series as usize;
        let known = &self.series[place];
        let log = (0..known.logged).map(|row| known.log_place(place, self.amend, row));
        let mut times: Vec<f64> = log.map(|at| self.log.bar(at).time).collect();
        if known.bars > 0 {
            times.push(self.pending.bar(place).time);
        }
        times
    }

    /// The time of the bar of a key before those that can be replaced; NaN if there is none.
    pub fn before(&self, series: u32) -> f64 {
        self.series[series as usize].before
    }

    /// The bar of a key that is in this row of its log.
    pub(crate) fn logged(&self, place: usize, row: usize) -> (&Rows, usize) {
        (&self.log, self.series[place].log_place(place, self.amend, row))
    }

    /// Replaces the bars of a key that can be corrected, when it is restored.
    pub(crate) fn log_mut(&mut self, place: usize, row: usize) -> (&mut Rows, usize) {
        let at = self.series[place].log_place(place, self.amend, row);
        (&mut self.log, at)
    }
}
