//! The states of a program's indicators, for all keys.

use ta_core::{
    finite,
    live::{Bank, Step, MOST},
    meta::Memory,
    Missing,
};
use ta_saved::{Damaged, Reader, Saved};

use crate::{
    cell::Cell,
    lanes::{Columns, Out, Ran},
    program::{Call, Source},
    LiveError, Program, Tag,
};

/// An indicator of a program with the states of all keys.
pub struct CallState {
    pub bank: Box<dyn Bank>,
    /// For each key, whether a gap has ended the history for good.
    ended: Vec<bool>,
    /// Whether one of them may have ended.
    any_ended: bool,
    call: Call,
    /// What the values are that are finite.
    tags: Vec<Tag>,
    /// Columns of constant inputs, one for each input.
    constants: Vec<Vec<f64>>,
    complete: Complete,
}

/// Complete rows among others, on their way through the bank.
#[derive(Default)]
struct Complete {
    steps: Vec<Step>,
    /// The lane of each of them.
    lanes: Vec<usize>,
    inputs: Vec<Vec<f64>>,
    outputs: Vec<Vec<f64>>,
}

impl CallState {
    fn new(call: &Call) -> Result<Self, LiveError> {
        Ok(Self::of(call.bank()?, call))
    }

    fn of(bank: Box<dyn Bank>, call: &Call) -> Self {
        let complete = Complete {
            inputs: vec![Vec::new(); bank.inputs()],
            outputs: vec![Vec::new(); bank.outputs()],
            ..Complete::default()
        };
        Self {
            ended: vec![false; bank.len()],
            any_ended: false,
            call: call.clone(),
            tags: call.tags().collect(),
            constants: vec![Vec::new(); bank.inputs()],
            complete,
            bank,
        }
    }

    /// Computes all lanes. Where it refuses a row, the values are null.
    pub fn run(
        &mut self,
        lanes: &[Step],
        sources: &[Source],
        columns: Columns<'_>,
        out: &mut Out<'_>,
    ) -> Ran {
        // Room for all columns takes longer to prepare than most indicators take for a row.
        match (sources.len(), self.tags.len()) {
            (1, 1) => self.run_sized::<1, 1>(lanes, sources, columns, out),
            (..=4, ..=3) => self.run_sized::<4, 3>(lanes, sources, columns, out),
            _ => self.run_sized::<MOST, MOST>(lanes, sources, columns, out),
        }
    }

    /// The same with at most `I` inputs and `O` outputs.
    fn run_sized<const I: usize, const O: usize>(
        &mut self,
        lanes: &[Step],
        sources: &[Source],
        columns: Columns<'_>,
        out: &mut Out<'_>,
    ) -> Ran {
        let count = lanes.len();
        let mut inputs: [&[f64]; I] = [&[]; I];
        let inputs = &mut inputs[..sources.len()];
        for ((input, &source), constant) in inputs.iter_mut().zip(sources).zip(&mut self.constants)
        {
            *input = match source {
                Source::Column(column) => columns.column(column, count),
                Source::Constant(Cell { value, .. }) => {
                    constant.resize(count, value);
                    constant
                }
            };
        }
        if self.any_ended || !inputs.iter().all(|column| finite(column)) {
            let Self { bank, ended, any_ended, call, tags, complete, .. } = self;
            let mut gaps = Gaps { bank: &mut **bank, ended, any_ended, call, tags, complete };
            return gaps.run(lanes, inputs, out);
        }
        let mut outputs: [&mut [f64]; O] = std::array::from_fn(|_| &mut [][..]);
        let outputs = &mut outputs[..self.tags.len()];
        out.columns(outputs);
        let ran = self.bank.run(lanes, inputs, outputs);
        self.tags.iter().enumerate().for_each(|(output, &tag)| out.judge(output, count, tag));
        ran.map_err(|reason| self.call.refused(reason))
    }
}

/// An indicator on its way through lanes of which some have a gap.
struct Gaps<'a> {
    bank: &'a mut dyn Bank,
    ended: &'a mut [bool],
    any_ended: &'a mut bool,
    call: &'a Call,
    tags: &'a [Tag],
    complete: &'a mut Complete,
}

impl Gaps<'_> {
    /// Computes all lanes whose rows are complete; the values of the others are null.
    fn run(&mut self, lanes: &[Step], inputs: &[&[f64]], out: &mut Out<'_>) -> Ran {
        let mut result: Ran = Ok(());
        for (number, &step) in lanes.iter().enumerate() {
            let gap = inputs.iter().position(|column| !column[number].is_finite());
            if gap.is_none() && !self.ended[step.series as usize] {
                self.complete.steps.push(step);
                self.complete.lanes.push(number);
                let columns = self.complete.inputs.iter_mut().zip(inputs);
                columns.for_each(|(to, column)| to.push(column[number]));
                continue;
            }
            (0..self.tags.len()).for_each(|output| out.set(output, number, Cell::NULL));
            if let Some(slot) = gap {
                // The rows before the gap still belong to the history that it may end.
                result = result.and(self.pass(out));
                result = result.and(self.skip(step, slot).map_err(Box::new));
            }
        }
        result.and(self.pass(out))
    }

    /// Passes the complete rows so far to the bank.
    fn pass(&mut self, out: &mut Out<'_>) -> Ran {
        let Complete { steps, lanes, inputs, outputs } = &mut *self.complete;
        if steps.is_empty() {
            return Ok(());
        }
        let mut rows: [&[f64]; MOST] = [&[]; MOST];
        rows.iter_mut().zip(&*inputs).for_each(|(to, column)| *to = column);
        let mut values: [&mut [f64]; MOST] = std::array::from_fn(|_| &mut [][..]);
        for (to, column) in values.iter_mut().zip(&mut *outputs) {
            column.resize(steps.len(), f64::NAN);
            *to = column;
        }
        let (rows, values) = (&rows[..inputs.len()], &mut values[..self.tags.len()]);
        let ran = self.bank.run(steps, rows, values);
        for (output, (column, &tag)) in outputs.iter().zip(self.tags).enumerate() {
            for (&lane, &value) in lanes.iter().zip(column) {
                let cell = if value.is_finite() { Cell { tag, value } } else { Cell::NULL };
                out.set(output, lane, cell);
            }
        }
        steps.clear();
        lanes.clear();
        inputs.iter_mut().for_each(Vec::clear);
        ran.map_err(|reason| self.call.refused(reason))
    }

    /// Does what the missing policy says about a row with a gap.
    fn skip(&mut self, step: Step, slot: usize) -> Result<(), LiveError> {
        let series = step.series as usize;
        match self.call.missing {
            Missing::Skip => {}
            Missing::Error => {
                let slots = &self.call.indicator.meta.semantics.input_slots;
                return Err(LiveError::Missing { id: self.call.id(), input: slots[slot].name });
            }
            Missing::Propagate if !step.commits => {}
            // A running total would lack the missing value in all later rows.
            Missing::Propagate if self.call.memory() == Memory::Cumulative => {
                (self.ended[series], *self.any_ended) = (true, true);
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
            call.any_ended |= other.ended[from];
        }
        Ok(())
    }

    /// An independent copy.
    pub fn fork(&self) -> Self {
        let fork = |call: &CallState| CallState {
            ended: call.ended.clone(),
            any_ended: call.any_ended,
            ..CallState::of(call.bank.fork(), &call.call)
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
            call.any_ended |= call.ended[series];
            call.bank.load(series, from)?;
        }
        Ok(())
    }
}
