//! Rows that run through a program together, in columns.

use rayon::prelude::*;
use ta_core::live::Step;

use crate::{
    cell::Cell,
    columns::{all_finite, text_of, Columns, Out},
    ops::{Ran, Run},
    program::{Op, Source},
    states::{CallState, States},
    LiveError, Program, Tag,
};

/// Rows, each of a key; the fields are the first columns. Rows of one key run in their order.
#[derive(Debug, Clone, Default)]
pub struct Lanes {
    lanes: Vec<Step>,
    /// The same, but the values of lanes that become part of the history are not asked for.
    quiet: Vec<Step>,
    /// The numbers of the lanes that peek.
    peeked: Vec<usize>,
    /// The columns one after the other, each with `stride` places.
    values: Vec<f64>,
    tags: Vec<Tag>,
    stride: usize,
    /// For each column whether all numbers in it are finite.
    complete: Vec<bool>,
    /// The texts of the lanes, after those of the program.
    texts: Vec<String>,
    used: usize,
}

/// Fewest lanes times operations of a level for several threads, of which WebAssembly has none.
const MIN_PARALLEL: usize = 1 << 14;

impl Lanes {
    /// Begins anew, without lanes.
    pub fn clear(&mut self) {
        self.lanes.clear();
        self.quiet.clear();
        self.peeked.clear();
        self.used = 0;
    }

    /// The number of lanes.
    pub fn count(&self) -> usize {
        self.lanes.len()
    }

    /// The key of a lane.
    pub fn series(&self, lane: usize) -> u32 {
        self.lanes[lane].series
    }

    /// Adds a lane whose row becomes part of the history, and gives its number.
    pub fn commit(&mut self, series: u32) -> usize {
        self.lanes.push(Step::commit(series));
        self.quiet.push(Step::quiet(series));
        self.lanes.len() - 1
    }

    /// Adds a lane that peeks.
    pub fn peek(&mut self, series: u32) {
        self.peeked.push(self.lanes.len());
        self.lanes.push(Step::peek(series));
        self.quiet.push(Step::peek(series));
    }

    /// The lanes that peek: their numbers, and their keys.
    pub fn peeked(&self) -> impl Iterator<Item = (usize, u32)> + '_ {
        self.peeked.iter().map(|&lane| (lane, self.lanes[lane].series))
    }

    /// Makes room for so many lanes.
    pub fn reserve(&mut self, program: &Program, lanes: usize) {
        if self.stride == lanes {
            return;
        }
        self.stride = lanes;
        let places = program.width * lanes;
        if self.values.len() < places {
            self.values.resize(places, f64::NAN);
            self.tags.resize(places, Tag::Null);
        }
        self.complete.resize(program.width, false);
        for (number, cell) in program.constants.iter().enumerate() {
            let column = program.fields.len() + number;
            let places = column * lanes..(column + 1) * lanes;
            self.values[places.clone()].fill(cell.value);
            self.tags[places].fill(cell.tag);
        }
    }

    /// Makes room for the lanes that were added.
    pub fn resize(&mut self, program: &Program) {
        self.reserve(program, self.lanes.len());
    }

    /// Adds a text and gives the cell that stands for it.
    pub fn text(&mut self, program: &Program, text: &str) -> Cell {
        if self.used == self.texts.len() {
            self.texts.push(String::new());
        }
        let place = &mut self.texts[self.used];
        place.clear();
        place.push_str(text);
        self.used += 1;
        Cell { tag: Tag::Text, value: (program.texts.len() + self.used - 1) as f64 }
    }

    /// The text that a cell stands for.
    pub fn text_of<'a>(&'a self, program: &'a Program, cell: Cell) -> &'a str {
        text_of(&program.texts, &self.texts, cell)
    }

    /// Sets a field of a lane.
    pub fn set(&mut self, field: usize, lane: usize, cell: Cell) {
        let place = field * self.stride + lane;
        (self.values[place], self.tags[place]) = (cell.value, cell.tag);
    }

    /// The value of an operand in a lane.
    pub fn get(&self, source: Source, lane: usize) -> Cell {
        let Self { values, tags, stride, complete, .. } = self;
        Columns { values, tags, stride: *stride, complete }.get(source, lane)
    }

    /// Writes the numbers of an operand in the lanes that peek; NaN is null.
    pub fn write(&self, source: Source, to: &mut [f64]) {
        match source {
            Source::Column(column) => {
                let column = &self.values[column * self.stride..][..self.stride];
                to.iter_mut().zip(&self.peeked).for_each(|(to, &lane)| *to = column[lane]);
            }
            Source::Constant(cell) => to.fill(cell.value),
        }
    }

    /// Computes all columns from those of the fields.
    ///
    /// # Errors
    /// The first one. All lanes have run nevertheless, so that those that enter the history have
    /// entered it everywhere.
    pub fn run(&mut self, program: &Program, states: &mut States) -> Result<(), LiveError> {
        let count = self.lanes.len();
        if count == 0 {
            return Ok(());
        }
        let given = program.fields.len() + program.constants.len();
        for (column, complete) in self.complete[..given].iter_mut().enumerate() {
            *complete = all_finite(&self.values[column * self.stride..][..count]);
        }
        let mut calls = states.0.iter_mut();
        let mut result: Ran = Ok(());
        for level in &program.levels {
            if count * level.len() < MIN_PARALLEL || cfg!(target_arch = "wasm32") {
                for op in level {
                    let call = if op.is_call() { calls.next() } else { None };
                    let (run, mut out) = self.split(program, op.out);
                    if let Err(refused) = run.op(op, call, &mut out) {
                        result = result.and(Err(refused));
                    }
                }
            } else {
                let calls = level.iter().map(|op| if op.is_call() { calls.next() } else { None });
                result = result.and(self.run_parallel(program, level, calls.collect()));
            }
        }
        result.map_err(|refused| *refused)
    }

    /// Computes the columns of a level on several threads.
    fn run_parallel(
        &mut self,
        program: &Program,
        level: &[Op],
        calls: Vec<Option<&mut CallState>>,
    ) -> Ran {
        let (run, mut after) = self.split(program, level[0].out);
        let jobs = level.iter().zip(calls).map(|(op, call)| (op, call, after.take(op.width)));
        let jobs: Vec<_> = jobs.collect();
        let ran = jobs.into_par_iter().map(|(op, call, mut out)| run.op(op, call, &mut out));
        ran.reduce(|| Ok(()), Result::and)
    }

    /// What operations read, and the columns from this one on, which they fill.
    #[inline(always)]
    fn split<'a>(&'a mut self, program: &'a Program, column: usize) -> (Run<'a>, Out<'a>) {
        let stride = self.stride;
        let (values, values_after) = self.values.split_at_mut(column * stride);
        let (tags, tags_after) = self.tags.split_at_mut(column * stride);
        let (complete, complete_after) = self.complete.split_at_mut(column);
        let columns = Columns { values, tags, stride, complete };
        let run =
            Run { lanes: &self.lanes, quiet: &self.quiet, program, columns, texts: &self.texts };
        let out = Out { values: values_after, tags: tags_after, stride, complete: complete_after };
        (run, out)
    }
}
