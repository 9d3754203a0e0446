//! What a stream says: the values of the last call, and how much it keeps.

use super::Stream;
use crate::{cell::Cell, program::Source, series::Series, LiveError, Tag};

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

impl Stream {
    /// The key of each lane of the results.
    pub fn lanes(&self) -> impl Iterator<Item = u32> + '_ {
        self.results.peeked().map(|(_, series)| series)
    }

    /// A value of the results: an output, counted over all features, in a lane.
    pub fn cell(&self, output: usize, lane: usize) -> Cell {
        let source = self.program.results.get(output);
        let found = source.zip(self.results.peeked().nth(lane));
        found.map_or(Cell::NULL, |(source, (lane, _))| self.result(*source, lane))
    }

    #[inline]
    fn result(&self, source: Source, lane: usize) -> Cell {
        let cell = self.results.get(source, lane);
        Cell { tag: cell.tag.of_result(), ..cell }
    }

    /// Passes the values of a lane to `set`, in the order of the outputs.
    pub fn values(&self, lane: usize, mut set: impl FnMut(usize, Cell)) {
        let Some((lane, _)) = self.results.peeked().nth(lane) else { return };
        for (place, source) in self.program.results.iter().enumerate() {
            set(place, self.result(*source, lane));
        }
    }

    /// Writes the values of an output in all lanes; NaN is null.
    pub fn column(&self, output: usize, to: &mut [f64]) {
        if let Some(source) = self.program.results.get(output) {
            self.results.write(*source, to);
        }
    }

    /// What the values of each output are at the newest bars; null where a field that decides it has
    /// no value in any of them.
    ///
    /// # Errors
    /// The bars of two keys have values of different types in a field.
    pub fn tags(&self) -> Result<Vec<Tag>, LiveError> {
        let mut fields = vec![Tag::Null; self.program.fields.len()];
        for place in (0..self.series.len()).filter(|&place| self.series[place].bars > 0) {
            let tags = self.pending.bar(place).tags.iter();
            let unknown = fields.iter_mut().zip(tags).filter(|(field, _)| **field == Tag::Null);
            unknown.for_each(|(field, tag)| *field = *tag);
        }
        self.program.result_tags(&fields)
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

    /// The number of bars of a key.
    pub fn bars(&self, series: u32) -> u64 {
        self.series[series as usize].bars
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
}
