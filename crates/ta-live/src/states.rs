//! The states of a program's indicators, for all keys.

use ta_core::{
    live::{Bank, Step},
    meta::Memory,
    Missing,
};
use ta_saved::{Damaged, Reader, Saved};

use crate::{
    cell::Cell,
    lanes::{Columns, Lane, Out, Ran},
    program::{Call, Source},
    LiveError, Program, Tag,
};

/// Whether a row becomes part of the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// It does.
    Commit,
    /// Only its values are computed.
    Peek,
}

/// An indicator of a program with the states of all keys.
pub struct CallState {
    pub bank: Box<dyn Bank>,
    /// For each key, whether a gap has ended the history for good.
    ended: Vec<bool>,
    call: Call,
    /// What the values are that are finite.
    tags: Vec<Tag>,
    complete: Complete,
}

/// Complete rows on their way through the bank.
#[derive(Default)]
struct Complete {
    steps: Vec<Step>,
    /// The lane of each of them.
    lanes: Vec<usize>,
    rows: Vec<f64>,
    values: Vec<f64>,
}

impl CallState {
    fn new(call: &Call) -> Result<Self, LiveError> {
        Ok(Self {
            bank: call.bank()?,
            ended: Vec::new(),
            call: call.clone(),
            tags: call.tags().collect(),
            complete: Complete::default(),
        })
    }

    /// Computes all lanes. Where it refuses a row, the values are null.
    pub fn run(
        &mut self,
        lanes: &[Lane],
        inputs: &[Source],
        columns: Columns<'_>,
        out: &mut Out<'_>,
    ) -> Ran {
        let mut result: Ran = Ok(());
        for (number, lane) in lanes.iter().enumerate() {
            let series = lane.series as usize;
            let first = self.complete.rows.len();
            let row = inputs.iter().map(|&input| columns.number(input, number));
            self.complete.rows.extend(row);
            let gap = self.complete.rows[first..].iter().position(|value| !value.is_finite());
            if gap.is_none() && !self.ended[series] {
                let commits = lane.mode == Mode::Commit;
                self.complete.steps.push(Step { series: lane.series, commits });
                self.complete.lanes.push(number);
                continue;
            }
            self.complete.rows.truncate(first);
            (0..self.tags.len()).for_each(|output| out.set(output, number, Cell::NULL));
            if let Some(slot) = gap {
                // The rows before the gap still belong to the history that it may end.
                result = result.and(self.pass(out));
                result = result.and(self.skip(series, lane.mode, slot).map_err(Box::new));
            }
        }
        result.and(self.pass(out))
    }

    /// Passes the complete rows so far to the bank.
    fn pass(&mut self, out: &mut Out<'_>) -> Ran {
        let Complete { steps, lanes, rows, values } = &mut self.complete;
        if steps.is_empty() {
            return Ok(());
        }
        let width = self.tags.len();
        values.resize(steps.len() * width, f64::NAN);
        let ran = self.bank.run(steps, rows, values);
        for (&lane, values) in lanes.iter().zip(values.chunks_exact(width)) {
            for (output, (&value, &tag)) in values.iter().zip(&self.tags).enumerate() {
                let cell = if value.is_finite() { Cell { tag, value } } else { Cell::NULL };
                out.set(output, lane, cell);
            }
        }
        (steps.clear(), lanes.clear(), rows.clear());
        ran.map_err(|reason| Box::new(LiveError::Refused { id: self.call.id(), reason }))
    }

    /// Does what the missing policy says about a row with a gap.
    fn skip(&mut self, series: usize, mode: Mode, slot: usize) -> Result<(), LiveError> {
        match self.call.missing {
            Missing::Skip => {}
            Missing::Error => {
                let slots = &self.call.indicator.meta.semantics.input_slots;
                return Err(LiveError::Missing { id: self.call.id(), input: slots[slot].name });
            }
            Missing::Propagate if mode == Mode::Peek => {}
            // A running total would lack the missing value in all later rows.
            Missing::Propagate if self.call.memory() == Memory::Cumulative => {
                self.ended[series] = true;
            }
            Missing::Propagate => self.bank.reset(series),
        }
        Ok(())
    }
}

/// The states of all indicators for all keys.
pub struct States(pub Vec<CallState>);

impl States {
    /// No keys.
    pub fn new(program: &Program) -> Result<Self, LiveError> {
        program.calls.iter().map(CallState::new).collect::<Result<_, _>>().map(Self)
    }

    /// Adds a key before its first row.
    pub fn add(&mut self) {
        for call in &mut self.0 {
            call.bank.add();
            call.ended.push(false);
        }
    }

    /// Sets a key back to before its first row.
    pub fn reset(&mut self, series: usize) {
        for call in &mut self.0 {
            call.bank.reset(series);
            call.ended[series] = false;
        }
    }

    /// Takes over the state of a key from other states of the same program.
    ///
    /// # Errors
    /// The states are of another program.
    pub fn copy(&mut self, series: usize, other: &Self, from: usize) -> Result<(), LiveError> {
        for (call, other) in self.0.iter_mut().zip(&other.0) {
            let copied = call.bank.copy_from(series, &*other.bank, from);
            copied.map_err(|reason| LiveError::Refused { id: call.call.id(), reason })?;
            call.ended[series] = other.ended[from];
        }
        Ok(())
    }

    /// An independent copy.
    pub fn fork(&self) -> Self {
        let fork = |call: &CallState| CallState {
            bank: call.bank.fork(),
            ended: call.ended.clone(),
            call: call.call.clone(),
            tags: call.tags.clone(),
            complete: Complete::default(),
        };
        Self(self.0.iter().map(fork).collect())
    }

    /// The memory of a key, in bytes.
    pub fn bytes(&self, series: usize) -> usize {
        self.0.iter().map(|call| call.bank.bytes(series) + 1).sum()
    }

    /// Appends the states of a key.
    pub fn save(&self, series: usize, to: &mut Vec<u8>) {
        for call in &self.0 {
            call.ended[series].save(to);
            call.bank.save(series, to);
        }
    }

    /// Reads the states of a key.
    pub fn load(&mut self, series: usize, from: &mut Reader<'_>) -> Result<(), Damaged> {
        for call in &mut self.0 {
            call.ended[series] = bool::load(from)?;
            call.bank.load(series, from)?;
        }
        Ok(())
    }
}
