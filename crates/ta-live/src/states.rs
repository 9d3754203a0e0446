//! The states of a program's indicators, for all keys.

use ta_core::{
    live::Bank,
    meta::{DType, Memory},
    Missing,
};
use ta_saved::{Damaged, Reader, Saved};

use crate::{cell::Cell, program::Call, LiveError, Program, Tag};

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
}

impl CallState {
    fn new(call: &Call) -> Result<Self, LiveError> {
        let meta = &call.indicator.meta;
        Ok(Self {
            bank: call.bank()?,
            ended: Vec::new(),
            call: call.clone(),
            row: vec![0.0; meta.semantics.input_slots.len()],
            values: vec![0.0; meta.outputs.len()],
        })
    }

    /// Computes a row of a key, and passes the value of each output to `set`.
    pub fn run(
        &mut self,
        series: usize,
        mode: Mode,
        inputs: impl Iterator<Item = Cell>,
        mut set: impl FnMut(usize, Cell),
    ) -> Result<(), LiveError> {
        let mut gap = None;
        for (slot, (number, cell)) in self.row.iter_mut().zip(inputs).enumerate() {
            if cell.is_missing() {
                gap = gap.or(Some(slot));
            }
            *number = cell.value;
        }
        if let Some(slot) = gap {
            self.skip(series, mode, slot)?;
        }
        if gap.is_some() || self.ended[series] {
            (0..self.values.len()).for_each(|output| set(output, Cell::NULL));
            return Ok(());
        }
        let ran = match mode {
            Mode::Commit => self.bank.update(series, &self.row, &mut self.values),
            Mode::Peek => self.bank.peek(series, &self.row, &mut self.values),
        };
        ran.map_err(|reason| LiveError::Refused { id: self.call.id(), reason })?;
        let outputs = self.call.indicator.meta.outputs.iter().zip(&self.values);
        for (place, (output, &value)) in outputs.enumerate() {
            let cell = match output.dtype {
                _ if !value.is_finite() => Cell::NULL,
                DType::Boolean => Cell { tag: Tag::Condition, value },
                DType::Float64 | DType::Int32 => Cell::number(value),
            };
            set(place, cell);
        }
        Ok(())
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
