//! A program that runs over the bars of many keys.
//!
//! The newest bar of a key is pending: `head` holds the state before it, and its values are looked
//! at without entering the history. The next bar, or the end of the warm-up, commits it. `peek`
//! needs the state after it, which `next` holds when it has been asked for.

use std::sync::Arc;

use crate::{
    cell::Cell,
    lanes::Lanes,
    rows::{Bar, Rows},
    states::{Mode, States},
    LiveError, Program,
};

/// What the stream keeps of a key besides states and bars.
#[derive(Debug, Clone, Default)]
pub(crate) struct Series {
    /// The key, as the host writes it; `None` if the place is free.
    pub key: Option<String>,
    /// The number of bars so far.
    pub bars: u64,
    /// Whether the pending bar is already part of the history.
    pub closed: bool,
    /// Whether `next` holds the state after the pending bar.
    peeked: bool,
    /// The bars before the pending one that can be corrected: their number, and the oldest place.
    pub logged: usize,
    oldest: usize,
    /// The call that has updated the key last.
    call: u64,
}

impl Series {
    /// A key as a snapshot has it.
    pub(crate) fn saved(key: Option<String>, bars: u64, closed: bool, logged: usize) -> Self {
        Self { key, bars, closed, logged, ..Self::default() }
    }

    fn is_pending(&self) -> bool {
        self.bars > 0 && !self.closed
    }
}

/// How much a stream keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Info {
    /// The number of keys.
    pub keys: usize,
    /// The number of bars of all keys.
    pub bars: u64,
    /// The memory of all keys, in bytes.
    pub bytes: usize,
}

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

/// Lanes that a warm-up runs at a time.
const BLOCK: usize = 1024;

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
    /// An indicator refuses the bar; the stream is then what it was.
    pub fn update(&mut self, series: u32, bar: Bar<'_>) -> Result<(), LiveError> {
        self.update_many(&[series], |_| bar)
    }

    /// Takes the next bar of each of several different keys. Their values are in one lane each.
    ///
    /// # Errors
    /// An indicator refuses a bar; the stream is then what it was.
    pub fn update_many<'a>(
        &mut self,
        series: &[u32],
        bar: impl Fn(usize) -> Bar<'a>,
    ) -> Result<(), LiveError> {
        self.refuse_repeats(series)?;
        if self.program.may_refuse() {
            self.peek_many(series, &bar)?;
        }
        // The pending bar of a key and its next one run together, while the state is at hand.
        self.results.clear();
        for &key in series {
            if self.series[key as usize].is_pending() {
                self.results.push(key, Mode::Commit);
            }
            self.results.push(key, Mode::Peek);
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
            let place = key as usize;
            self.pending.put(place, bar(number));
            let series = &mut self.series[place];
            (series.closed, series.peeked) = (false, false);
            series.bars += 1;
        }
        Ok(())
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
        self.prepare(series)?;
        self.fill(series, &bar);
        let next = self.next.as_mut().unwrap_or(&mut self.head);
        self.results.run(&self.program, next)
    }

    /// Replaces the newest bar of a key. The values of the new one are in lane 0.
    ///
    /// # Errors
    /// There is none, or an indicator refuses the bar; the stream is then what it was.
    pub fn replace(&mut self, series: u32, bar: Bar<'_>) -> Result<(), LiveError> {
        let place = series as usize;
        match self.series[place] {
            Series { bars: 0, .. } => return Err(LiveError::NoBar),
            Series { closed: true, .. } => return Err(LiveError::Closed),
            _ => {}
        }
        self.fill(&[series], |_| bar);
        self.results.run(&self.program, &mut self.head)?;
        self.pending.put(place, bar);
        self.series[place].peeked = false;
        Ok(())
    }

    /// Replaces the bar of a key that is so many bars before the newest, and computes the bars after
    /// it again. The values of the newest bar are in lane 0.
    ///
    /// # Errors
    /// The bar is further back than the stream remembers, or an indicator refuses a bar; the stream
    /// is then what it was.
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
        self.grow_next()?;
        self.series[place].peeked = false;
        let (Some(next), Some(base)) = (&mut self.next, &self.base) else { return Ok(()) };
        next.copy(place, base, place)?;
        self.work.clear();
        (0..self.series[place].logged).for_each(|_| _ = self.work.push(series, Mode::Commit));
        self.work.resize(&self.program);
        for lane in 0..self.series[place].logged {
            let logged = self.log.bar(logged(&self.series[place], place, self.amend, lane));
            let bar = if lane == at { bar } else { logged };
            bar.fill(lane, &mut self.work, &self.program);
        }
        self.work.run(&self.program, next)?;
        self.results.clear();
        self.results.push(series, Mode::Peek);
        self.results.resize(&self.program);
        self.pending.bar(place).fill(0, &mut self.results, &self.program);
        self.results.run(&self.program, next)?;
        self.head.copy(place, next, place)?;
        self.log.put(logged(&self.series[place], place, self.amend, at), bar);
        Ok(())
    }

    /// Takes many bars in order, each of a key. The values of the last bar of each key that has one
    /// are in a lane of its own; see [`Stream::lanes`].
    ///
    /// # Errors
    /// An indicator refuses a bar; the stream is then what it was.
    pub fn warm<'a>(
        &mut self,
        series: &[u32],
        bar: impl Fn(usize) -> Bar<'a>,
    ) -> Result<(), LiveError> {
        let mut copy = self.fork();
        copy.take_all(series, bar)?;
        *self = copy;
        Ok(())
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
                    let lane = self.work.push(key, Mode::Commit);
                    self.pending.bar(place).fill(lane, &mut self.work, &self.program);
                    if lane + 1 == BLOCK {
                        self.work.run(&self.program, &mut self.head)?;
                        self.work.clear();
                    }
                }
            }
            self.pending.put(place, bar(row));
            let series = &mut self.series[place];
            (series.closed, series.peeked) = (false, false);
            series.bars += 1;
        }
        if self.amend == 0 {
            self.work.run(&self.program, &mut self.head)?;
        }
        let mut last: Vec<u32> = series.to_vec();
        last.sort_unstable();
        last.dedup();
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

    /// Makes the pending bar of a key part of the history.
    fn commit(&mut self, key: u32) -> Result<(), LiveError> {
        self.work.clear();
        self.work.push(key, Mode::Commit);
        self.work.resize(&self.program);
        self.pending.bar(key as usize).fill(0, &mut self.work, &self.program);
        self.work.run(&self.program, &mut self.head)?;
        self.close(&[key])
    }

    /// Notes that the pending bars of keys have become part of the history.
    fn close(&mut self, keys: &[u32]) -> Result<(), LiveError> {
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
            self.work.push(key, Mode::Commit);
            self.work.resize(&self.program);
            let oldest = self.log.bar(logged(&self.series[place], place, amend, 0));
            oldest.fill(0, &mut self.work, &self.program);
            self.work.run(&self.program, base)?;
            let series = &mut self.series[place];
            series.oldest = (series.oldest + 1) % amend;
            series.logged -= 1;
        }
        let free = logged(&self.series[place], place, amend, self.series[place].logged);
        self.log.copy(free, &self.pending, place);
        self.series[place].logged += 1;
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
                self.work.push(key, Mode::Commit);
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
        series.iter().for_each(|&key| _ = self.results.push(key, Mode::Peek));
        self.results.resize(&self.program);
    }

    fn fill<'a>(&mut self, series: &[u32], bar: impl Fn(usize) -> Bar<'a>) {
        self.begin(series);
        for lane in 0..series.len() {
            bar(lane).fill(lane, &mut self.results, &self.program);
        }
    }

    /// The key of each lane of the results.
    pub fn lanes(&self) -> impl Iterator<Item = u32> + '_ {
        self.results.peeked().map(|(_, series)| series)
    }

    /// A value of the results: an output, counted over all features, in a lane.
    pub fn cell(&self, output: usize, lane: usize) -> Cell {
        let output = self.program.outputs().nth(output);
        let found = output.zip(self.results.peeked().nth(lane));
        found.map_or(Cell::NULL, |(output, (lane, _))| self.results.get(output.source, lane))
    }

    /// Passes the values of a lane to `set`, in the order of the outputs.
    pub fn values(&self, lane: usize, mut set: impl FnMut(usize, Cell)) {
        let Some((lane, _)) = self.results.peeked().nth(lane) else { return };
        for (place, output) in self.program.outputs().enumerate() {
            set(place, self.results.get(output.source, lane));
        }
    }

    /// Writes the values of an output in all lanes; NaN is null.
    pub fn column(&self, output: usize, to: &mut [f64]) {
        let Some(output) = self.program.outputs().nth(output) else { return };
        for ((lane, _), value) in self.results.peeked().zip(to) {
            *value = self.results.get(output.source, lane).value;
        }
    }

    /// A number of the results; `None` if it is null.
    pub fn number(&self, output: usize, lane: usize) -> Option<f64> {
        let cell = self.cell(output, lane);
        (!cell.is_null()).then_some(cell.value)
    }

    /// The text of a cell of the results.
    pub fn text(&self, cell: Cell) -> &str {
        self.results.text_of(&self.program, cell)
    }

    /// The times of the bars of a key that can be replaced, oldest first; the newest is the last.
    pub fn times(&self, series: u32) -> Vec<f64> {
        let place = series as usize;
        let known = &self.series[place];
        let log = (0..known.logged).map(|row| logged(known, place, self.amend, row));
        let mut times: Vec<f64> = log.map(|at| self.log.bar(at).time).collect();
        if known.bars > 0 {
            times.push(self.pending.bar(place).time);
        }
        times
    }

    /// How much the stream keeps.
    pub fn info(&self) -> Info {
        let row = self.pending.bytes();
        let keys: Vec<usize> = self.keys().map(|(number, _)| number as usize).collect();
        let bytes = |place: usize| {
            let states = [Some(&self.head), self.next.as_ref(), self.base.as_ref()];
            let states: usize = states.iter().flatten().map(|s| s.bytes(place)).sum();
            let key = self.series[place].key.as_ref().map_or(0, String::len);
            states + row * (1 + self.amend) + key + size_of::<Series>()
        };
        Info {
            keys: keys.len(),
            bars: self.series.iter().map(|series| series.bars).sum(),
            bytes: keys.into_iter().map(bytes).sum(),
        }
    }

    /// The bar of a key that is in this row of its log.
    pub(crate) fn logged(&self, place: usize, row: usize) -> (&Rows, usize) {
        (&self.log, logged(&self.series[place], place, self.amend, row))
    }

    /// Replaces the bars of a key that can be corrected, when it is restored.
    pub(crate) fn log_mut(&mut self, place: usize, row: usize) -> (&mut Rows, usize) {
        let at = logged(&self.series[place], place, self.amend, row);
        (&mut self.log, at)
    }
}

/// The place in the log of a key's bar, counted from the oldest.
fn logged(series: &Series, place: usize, amend: usize, row: usize) -> usize {
    place * amend + (series.oldest + row) % amend
}
