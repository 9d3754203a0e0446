//! The states of a program's indicators, for all keys.

use ta_core::{
    live::{Bank, Step, MOST},
    meta::Memory,
    Missing,
};
use ta_saved::{Damaged, Reader, Saved};

use crate::{
    cell::Cell,
    columns::{Columns, Out},
    ops::Ran,
    program::Call,
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

impl Complete {
    /// Makes room for so many rows now, so that a later gap asks for no memory.
    #[cold]
    fn reserve(&mut self, rows: usize) {
        self.steps.reserve(rows);
        self.lanes.reserve(rows);
        for column in self.inputs.iter_mut().chain(&mut self.outputs) {
            column.reserve(rows.saturating_sub(column.len()));
        }
    }
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
            complete,
            bank,
        }
    }

    /// Computes all lanes. Where it refuses a row, the values are null.
    #[inline(never)]
    pub fn run(
        &mut self,
        lanes: &[Step],
        sources: &[usize],
        columns: &Columns<'_>,
        out: &mut Out<'_>,
    ) -> Ran {
        if self.complete.lanes.capacity() < lanes.len() {
            self.complete.reserve(lanes.len());
        }
        // Room for all columns takes longer to prepare than most indicators take for a row.
        match (sources, self.tags.len()) {
            (&[a], 1) => self.run_single(lanes, [a], columns, out),
            (&[a, b], 1) => self.run_single(lanes, [a, b], columns, out),
            (&[a, b, c], 1) => self.run_single(lanes, [a, b, c], columns, out),
            (_, ..=3) if sources.len() <= 4 => self.run_sized::<4, 3>(lanes, sources, columns, out),
            _ => self.run_sized::<MOST, MOST>(lanes, sources, columns, out),
        }
    }

    /// The same for one output.
    #[inline(always)]
    fn run_single<const I: usize>(
        &mut self,
        lanes: &[Step],
        sources: [usize; I],
        columns: &Columns<'_>,
        out: &mut Out<'_>,
    ) -> Ran {
        let count = lanes.len();
        let inputs = sources.map(|column| columns.column(column, count));
        if self.any_ended || !sources.iter().all(|&column| columns.complete[column]) {
            return self.run_gaps(lanes, &inputs, out);
        }
        let ran = self.bank.run(lanes, &inputs, &mut [&mut out.values[..count]]);
        out.judge(0, count, self.tags[0]);
        ran.map_err(|reason| self.call.refused(reason))
    }

    /// The same for at most `I` inputs and `O` outputs.
    #[inline(always)]
    fn run_sized<const I: usize, const O: usize>(
        &mut self,
        lanes: &[Step],
        sources: &[usize],
        columns: &Columns<'_>,
        out: &mut Out<'_>,
    ) -> Ran {
        let count = lanes.len();
        let mut inputs: [&[f64]; I] = [&[]; I];
        let pairs = inputs.iter_mut().zip(sources);
        pairs.for_each(|(input, &column)| *input = columns.column(column, count));
        let inputs = &inputs[..sources.len()];
        if self.any_ended || !sources.iter().all(|&column| columns.complete[column]) {
            return self.run_gaps(lanes, inputs, out);
        }
        let mut outputs: [&mut [f64]; O] = std::array::from_fn(|_| &mut [][..]);
        let outputs = &mut outputs[..self.tags.len()];
        out.columns(outputs);
        let ran = self.bank.run(lanes, inputs, outputs);
        self.tags.iter().enumerate().for_each(|(output, &tag)| out.judge(output, count, tag));
        ran.map_err(|reason| self.call.refused(reason))
    }

    /// The same where some lanes have a gap, or a gap has ended a history.
    #[inline(never)]
    fn run_gaps(&mut self, lanes: &[Step], inputs: &[&[f64]], out: &mut Out<'_>) -> Ran {
        let Self { bank, ended, any_ended, call, tags, complete, .. } = self;
        let mut gaps = Gaps { bank: &mut **bank, ended, any_ended, call, tags, complete };
        gaps.run(lanes, inputs, out)
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
        let result = result.and(self.pass(out));
        (0..self.tags.len()).for_each(|output| out.check(output, lanes.len()));
        result
    }

    /// Passes the complete rows so far to the bank.
    #[inline(never)]
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
