//! The states of a program's indicators, for all keys.

use ta_core::{
    live::Bank,
    meta::{DType, Memory},
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
    row: Vec<f64>,
    values: Vec<f64>,
    /// What the values are that are finite.
    tags: Vec<Tag>,
}

impl CallState {
    fn new(call: &Call) -> Result<Self, LiveError> {
        let meta = &call.indicator.meta;
        let tag = |dtype: DType| match dtype {
            DType::Boolean => Tag::Condition,
            DType::Float64 | DType::Int32 => Tag::Number,
        };
        Ok(Self {
            bank: call.bank()?,
            ended: Vec::new(),
            call: call.clone(),
            row: vec![0.0; meta.semantics.input_slots.len()],
            values: vec![0.0; meta.outputs.len()],
            tags: meta.outputs.iter().map(|output| tag(output.dtype)).collect(),
        })
    }

    /// Computes a lane; `number` is its place in the columns. After an error its values are null.
    pub fn run(
        &mut self,
        lane: Lane,
        number: usize,
        inputs: &[Source],
        columns: Columns<'_>,
        out: &mut Out<'_>,
    ) -> Ran {
        let mut gap = None;
        for (slot, (value, &input)) in self.row.iter_mut().zip(inputs).enumerate() {
            *value = columns.number(input, number);
            if !value.is_finite() {
                gap = gap.or(Some(slot));
            }
        }
        let ran = self.take(lane, gap);
        let has_values = matches!(ran, Ok(true));
        for (output, (&value, &tag)) in self.values.iter().zip(&self.tags).enumerate() {
            let is_value = has_values && value.is_finite();
            out.set(output, number, if is_value { Cell { tag, value } } else { Cell::NULL });
        }
        ran.map(drop)
    }

    /// Takes the row, which may have a gap in a slot. Returns whether there are values.
    fn take(&mut self, lane: Lane, gap: Option<usize>) -> Result<bool, Box<LiveError>> {
        let series = lane.series as usize;
        if let Some(slot) = gap {
            self.skip(series, lane.mode, slot)?;
        }
        if gap.is_some() || self.ended[series] {
            return Ok(false);
        }
        let ran = match lane.mode {
            Mode::Commit => self.bank.update(series, &self.row, &mut self.values),
            Mode::Peek => self.bank.peek(series, &self.row, &mut self.values),
        };
        match ran {
            Ok(()) => Ok(true),
            Err(reason) => Err(Box::new(LiveError::Refused { id: self.call.id(), reason })),
        }
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
            row: call.row.clone(),
            values: call.values.clone(),
            tags: call.tags.clone(),
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
