//! A program that runs over the bars of many keys.
//!
//! The newest bar of a key is pending: `head` holds the state before it, and its values are looked
//! at without entering the history. The next bar, or the end of the warm-up, commits it. `peek`
//! needs the state after it, which `next` holds when it has been asked for.

mod amend;
mod results;
mod warm;

use std::sync::Arc;

pub use results::Info;

use crate::{
    lanes::Lanes,
    rows::{Bar, Rows},
    series::Series,
    states::States,
    LiveError, Program,
};

/// A program with its keys and their states.
pub struct Stream {
    pub(crate) program: Arc<Program>,
    /// How many bars before the pending one can be corrected.
    pub(crate) amend: usize,
    pub(crate) series: Vec<Series>,
    free: Vec<u32>,
    pub(crate) head: States,
    next: Option<States>,
    /// The state before the logged bars.
    pub(crate) base: Option<States>,
    pub(crate) pending: Rows,
    log: Rows,
    results: Lanes,
    work: Lanes,
    /// The number of updates so far.
    calls: u64,
}

impl Stream {
    /// A stream without keys that can correct so many bars before the newest.
    ///
    /// # Errors
    /// An indicator of the program uses later rows.
    pub fn new(program: Arc<Program>, amend: usize) -> Result<Self, LiveError> {
        let fields = program.fields.len();
        Ok(Self {
            head: States::new(&program)?,
            base: if amend > 0 { Some(States::new(&program)?) } else { None },
            next: None,
            amend,
            series: Vec::new(),
            free: Vec::new(),
            pending: Rows::new(fields),
            log: Rows::new(fields),
            results: Lanes::default(),
            work: Lanes::default(),
            calls: 0,
            program,
        })
    }

    /// The program.
    pub fn program(&self) -> &Arc<Program> {
        &self.program
    }

    /// Adds a key before its first bar and gives its number.
    pub fn add(&mut self, key: String) -> u32 {
        let series = self.free.pop().unwrap_or_else(|| {
            self.head.add();
            self.next.iter_mut().chain(&mut self.base).for_each(States::add);
            self.pending.grow(1);
            self.log.grow(self.amend);
            self.series.push(Series::default());
            (self.series.len() - 1) as u32
        });
        self.series[series as usize] = Series { key: Some(key), ..Series::default() };
        series
    }

    /// Forgets a key. Its number may be given to another one.
    pub fn drop(&mut self, series: u32) {
        let place = series as usize;
        if self.series.get(place).is_some_and(|known| known.key.is_some()) {
            self.head.reset(place);
            self.next.iter_mut().chain(&mut self.base).for_each(|states| states.reset(place));
            self.series[place] = Series::default();
            self.free.push(series);
        }
    }

    /// The keys with their numbers.
    pub fn keys(&self) -> impl Iterator<Item = (u32, &str)> {
        (0..)
            .zip(&self.series)
            .filter_map(|(number, series)| Some((number, series.key.as_deref()?)))
    }

    /// An independent copy.
    pub fn fork(&self) -> Self {
        Self {
            program: self.program.clone(),
            amend: self.amend,
            series: self.series.clone(),
            free: self.free.clone(),
            head: self.head.fork(),
            next: self.next.as_ref().map(States::fork),
            base: self.base.as_ref().map(States::fork),
            pending: self.pending.clone(),
            log: self.log.clone(),
            results: self.results.clone(),
            work: Lanes::default(),
            calls: self.calls,
        }
    }

    /// Takes the next bar of a key. Its values are in lane 0.
    ///
    /// # Errors
    /// An indicator refuses the bar; nothing has changed then.
    pub fn update(&mut self, series: u32, bar: Bar<'_>) -> Result<(), LiveError> {
        self.update_many(&[series], |_| bar)
    }

    /// Takes the next bar of each of several different keys. Their values are in one lane each.
    ///
    /// # Errors
    /// An indicator refuses a bar; nothing has changed then.
    pub fn update_many<'a>(
        &mut self,
        series: &[u32],
        bar: impl Fn(usize) -> Bar<'a>,
    ) -> Result<(), LiveError> {
        self.refuse_repeats(series)?;
        self.check(series.len(), &bar)?;
        if self.program.may_refuse {
            self.peek_many(series, &bar)?;
        }
        // The pending bar of a key and its next one run together, while the state is at hand.
        self.results.clear();
        for &key in series {
            if self.series[key as usize].is_pending() {
                self.results.commit(key);
            }
            self.results.peek(key);
        }
        self.results.resize(&self.program);
        let mut lane = 0;
        for (number, &key) in series.iter().enumerate() {
            let place = key as usize;
            if self.series[place].is_pending() {
                self.pending.bar(place).fill(lane, &mut self.results, &self.program);
                lane += 1;
            }
            bar(number).fill(lane, &mut self.results, &self.program);
            lane += 1;
        }
        let ran = self.results.run(&self.program, &mut self.head);
        self.close(series)?;
        ran?;
        for (number, &key) in series.iter().enumerate() {
            self.take(key, bar(number));
        }
        Ok(())
    }

    /// Keeps a bar as the pending one of its key.
    fn take(&mut self, key: u32, bar: Bar<'_>) {
        let place = key as usize;
        let series = &mut self.series[place];
        if self.amend == 0 && series.bars > 0 {
            series.before = self.pending.bar(place).time;
        }
        self.pending.put(place, bar);
        (series.closed, series.peeked) = (false, false);
        series.bars += 1;
    }

    /// Computes the values that [`Stream::update_many`] would compute, and changes nothing.
    ///
    /// # Errors
    /// As [`Stream::update_many`].
    pub fn peek_many<'a>(
        &mut self,
        series: &[u32],
        bar: impl Fn(usize) -> Bar<'a>,
    ) -> Result<(), LiveError> {
        self.check(series.len(), &bar)?;
        self.prepare(series)?;
        self.fill(series, &bar);
        let next = self.next.as_mut().unwrap_or(&mut self.head);
        self.results.run(&self.program, next)
    }

    /// Replaces the newest bar of a key. The values of the new one are in lane 0.
    ///
    /// # Errors
    /// There is none, or an indicator refuses the bar; nothing has changed then.
    pub fn replace(&mut self, series: u32, bar: Bar<'_>) -> Result<(), LiveError> {
        let place = series as usize;
        match self.series[place] {
            Series { bars: 0, .. } => return Err(LiveError::NoBar),
            Series { closed: true, .. } => return Err(LiveError::Closed),
            _ => {}
        }
        self.check(1, |_| bar)?;
        self.fill(&[series], |_| bar);
        self.results.run(&self.program, &mut self.head)?;
        self.pending.put(place, bar);
        self.series[place].peeked = false;
        Ok(())
    }

    /// Refuses bars with conditions where operators take none.
    fn check<'a>(&self, rows: usize, bar: impl Fn(usize) -> Bar<'a>) -> Result<(), LiveError> {
        (0..rows).try_for_each(|row| self.program.check_conditions(bar(row).tags))
    }

    fn refuse_repeats(&mut self, series: &[u32]) -> Result<(), LiveError> {
        self.calls += 1;
        for &key in series {
            let known = &mut self.series[key as usize];
            if std::mem::replace(&mut known.call, self.calls) == self.calls {
                return Err(LiveError::Twice(known.key.clone().unwrap_or_default()));
            }
        }
        Ok(())
    }

    fn grow_next(&mut self) -> Result<(), LiveError> {
        if self.next.is_none() {
            let mut next = States::new(&self.program)?;
            self.series.iter().for_each(|_| next.add());
            self.next = Some(next);
        }
        Ok(())
    }

    /// Brings `next` up to the pending bars of keys.
    fn prepare(&mut self, series: &[u32]) -> Result<(), LiveError> {
        self.grow_next()?;
        let Some(next) = &mut self.next else { return Ok(()) };
        self.work.clear();
        for &key in series {
            let known = &mut self.series[key as usize];
            if std::mem::replace(&mut known.peeked, true) {
                continue;
            }
            next.copy(key as usize, &self.head, key as usize)?;
            if known.is_pending() {
                self.work.commit(key);
            }
        }
        self.work.resize(&self.program);
        for lane in 0..self.work.count() {
            let place = self.work.series(lane) as usize;
            self.pending.bar(place).fill(lane, &mut self.work, &self.program);
        }
        self.work.run(&self.program, next)
    }

    /// Begins results with a lane for each key.
    fn begin(&mut self, series: &[u32]) {
        self.results.clear();
        series.iter().for_each(|&key| self.results.peek(key));
        self.results.resize(&self.program);
    }

    fn fill<'a>(&mut self, series: &[u32], bar: impl Fn(usize) -> Bar<'a>) {
        self.begin(series);
        for lane in 0..series.len() {
            bar(lane).fill(lane, &mut self.results, &self.program);
        }
    }
}
