//! Many bars of the past at once.

use super::Stream;
use crate::{rows::Bar, series::Series, LiveError};

/// Lanes that a warm-up runs at a time.
const BLOCK: usize = 1024;

impl Stream {
    /// Takes many bars in order, each of a key. The values of the last bar of each key that has one
    /// are in a lane of its own; see [`Stream::lanes`].
    ///
    /// # Errors
    /// An indicator refuses a bar; nothing has changed then.
    pub fn warm<'a>(
        &mut self,
        series: &[u32],
        bar: impl Fn(usize) -> Bar<'a>,
    ) -> Result<(), LiveError> {
        self.check(series.len(), &bar)?;
        if self.series.iter().all(|series| series.bars == 0) {
            let taken = self.take_all(series, bar);
            if taken.is_err() {
                self.forget_bars();
            }
            return taken;
        }
        if !self.program.may_refuse {
            return self.take_all(series, bar);
        }
        // Any bar may be refused, perhaps for what an indicator makes of the bars before it.
        let mut copy = self.fork();
        copy.take_all(series, bar)?;
        *self = copy;
        Ok(())
    }

    /// Sets all keys back to before their first bars.
    fn forget_bars(&mut self) {
        for place in 0..self.series.len() {
            self.head.reset(place);
            self.next.iter_mut().chain(&mut self.base).for_each(|states| states.reset(place));
            let key = self.series[place].key.take();
            self.series[place] = Series { key, ..Series::default() };
        }
    }

    fn take_all<'a>(
        &mut self,
        series: &[u32],
        bar: impl Fn(usize) -> Bar<'a>,
    ) -> Result<(), LiveError> {
        self.work.clear();
        self.work.reserve(&self.program, BLOCK);
        for (row, &key) in series.iter().enumerate() {
            let place = key as usize;
            if self.series[place].is_pending() {
                if self.amend > 0 {
                    self.commit(key)?;
                } else {
                    // Filled now, because the next bar takes the place of this one.
                    let lane = self.work.commit(key);
                    self.pending.bar(place).fill(lane, &mut self.work, &self.program);
                    if lane + 1 == BLOCK {
                        self.work.run(&self.program, &mut self.head)?;
                        self.work.clear();
                    }
                }
            }
            self.take(key, bar(row));
        }
        if self.amend == 0 {
            self.work.run(&self.program, &mut self.head)?;
        }
        let mut has_bar = vec![false; self.series.len()];
        series.iter().for_each(|&key| has_bar[key as usize] = true);
        let all = 0..self.series.len() as u32;
        let last: Vec<u32> = all.filter(|&key| has_bar[key as usize]).collect();
        self.current(&last)
    }

    /// Computes the values of the newest bar of each of several keys that have one.
    ///
    /// # Errors
    /// An indicator refuses a bar, which it has not refused before.
    pub fn current(&mut self, series: &[u32]) -> Result<(), LiveError> {
        self.begin(series);
        for (lane, &key) in series.iter().enumerate() {
            self.pending.bar(key as usize).fill(lane, &mut self.results, &self.program);
        }
        self.results.run(&self.program, &mut self.head)
    }
}
