//! Rows that run through a program together, in columns.

use std::cmp::Ordering;

use rayon::prelude::*;
use ta_core::live::Step;

use crate::{
    arithmetic::{arithmetic, compared, logic, order, Operator},
    cell::Cell,
    infer::Type,
    program::{Op, Source, Work},
    states::{CallState, States},
    LiveError, Program, Tag,
};

/// Rows, each of a key; the fields are the first columns. Rows of one key run in their order.
#[derive(Debug, Clone, Default)]
pub struct Lanes {
    lanes: Vec<Step>,
    /// The numbers of the lanes whose values are only looked at.
    peeked: Vec<usize>,
    /// The columns one after the other, each with `stride` places.
    values: Vec<f64>,
    tags: Vec<Tag>,
    stride: usize,
    /// The texts of the lanes, after those of the program.
    texts: Vec<String>,
    used: usize,
}

/// Fewest lanes times operations of a level for several threads.
const MIN_PARALLEL: usize = 1 << 14;

impl Lanes {
    /// Begins anew, without lanes.
    pub fn clear(&mut self) {
        self.lanes.clear();
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
        self.lanes.push(Step { series, commits: true });
        self.lanes.len() - 1
    }

    /// Adds a lane whose values are only looked at.
    pub fn peek(&mut self, series: u32) {
        self.peeked.push(self.lanes.len());
        self.lanes.push(Step { series, commits: false });
    }

    /// The lanes whose values are only looked at: their numbers, and their keys.
    pub fn peeked(&self) -> impl Iterator<Item = (usize, u32)> + '_ {
        self.peeked.iter().map(|&lane| (lane, self.lanes[lane].series))
    }

    /// Makes room for so many lanes.
    pub fn reserve(&mut self, program: &Program, lanes: usize) {
        self.stride = lanes;
        let places = program.width * lanes;
        if self.values.len() < places {
            self.values.resize(places, f64::NAN);
            self.tags.resize(places, Tag::Null);
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
        let Self { values, tags, stride, .. } = self;
        Columns { values, tags, stride: *stride }.get(source, lane)
    }

    /// Computes all columns from those of the fields.
    ///
    /// # Errors
    /// The first one. All lanes have run nevertheless, so that those that enter the history have
    /// entered it everywhere.
    pub fn run(&mut self, program: &Program, states: &mut States) -> Result<(), LiveError> {
        let mut calls = &mut states.0[..];
        let mut result: Ran = Ok(());
        for level in &program.levels {
            let count = level.iter().filter(|op| op.is_call()).count();
            let (now, later) = calls.split_at_mut(count);
            calls = later;
            let ran = if self.lanes.len() * level.len() < MIN_PARALLEL {
                self.run_level(program, level, now)
            } else {
                self.run_parallel(program, level, now)
            };
            result = result.and(ran);
        }
        result.map_err(|refused| *refused)
    }

    /// Computes the columns of a level one after the other.
    fn run_level(&mut self, program: &Program, level: &[Op], calls: &mut [CallState]) -> Ran {
        let mut calls = calls.iter_mut();
        let mut result: Ran = Ok(());
        for op in level {
            let call = if op.is_call() { calls.next() } else { None };
            let (run, out) = self.split(program, op.out);
            result = result.and(run.op(op, call, out));
        }
        result
    }

    /// The same on several threads.
    fn run_parallel(&mut self, program: &Program, level: &[Op], calls: &mut [CallState]) -> Ran {
        let mut calls = calls.iter_mut();
        let (run, mut after) = self.split(program, level[0].out);
        let jobs = level.iter().map(|op| {
            let call = if op.is_call() { calls.next() } else { None };
            (op, call, after.take(op.width))
        });
        let jobs: Vec<_> = jobs.collect();
        let ran = jobs.into_par_iter().map(|(op, call, out)| run.op(op, call, out));
        ran.reduce(|| Ok(()), Result::and)
    }

    /// What operations read, and the columns from this one on, which they fill.
    fn split<'a>(&'a mut self, program: &'a Program, column: usize) -> (Run<'a>, Out<'a>) {
        let stride = self.stride;
        let (values, values_after) = self.values.split_at_mut(column * stride);
        let (tags, tags_after) = self.tags.split_at_mut(column * stride);
        let columns = Columns { values, tags, stride };
        let run = Run { lanes: &self.lanes, program, columns, texts: &self.texts };
        (run, Out { values: values_after, tags: tags_after, stride })
    }
}

/// What running lanes leaves: the first error, in a box, because it passes through every operation.
pub type Ran = Result<(), Box<LiveError>>;

impl Op {
    fn is_call(&self) -> bool {
        matches!(self.work, Work::Call(_))
    }
}

/// Columns that are computed.
#[derive(Clone, Copy)]
pub struct Columns<'a> {
    values: &'a [f64],
    tags: &'a [Tag],
    stride: usize,
}

impl<'a> Columns<'a> {
    /// The value of an operand in a lane.
    pub fn get(self, source: Source, lane: usize) -> Cell {
        match source {
            Source::Column(column) => {
                let place = column * self.stride + lane;
                Cell { tag: self.tags[place], value: self.values[place] }
            }
            Source::Constant(cell) => cell,
        }
    }

    /// The numbers of a column in the first lanes; NaN where it is null.
    pub fn column(self, column: usize, lanes: usize) -> &'a [f64] {
        &self.values[column * self.stride..][..lanes]
    }
}

/// Columns that an operation fills.
#[derive(Default)]
pub struct Out<'a> {
    values: &'a mut [f64],
    tags: &'a mut [Tag],
    stride: usize,
}

impl<'a> Out<'a> {
    /// Sets the value of a column in a lane.
    pub fn set(&mut self, column: usize, lane: usize, cell: Cell) {
        let place = column * self.stride + lane;
        (self.values[place], self.tags[place]) = (cell.value, cell.tag);
    }

    /// The first columns, to be filled.
    pub fn columns<'b>(&'b mut self, to: &mut [&'b mut [f64]]) {
        to.iter_mut().zip(self.values.chunks_mut(self.stride)).for_each(|(to, own)| *to = own);
    }

    /// Sets what the values of a column are in the first lanes: those that are not finite are null.
    pub fn judge(&mut self, column: usize, lanes: usize, tag: Tag) {
        let values = &mut self.values[column * self.stride..][..lanes];
        let tags = &mut self.tags[column * self.stride..][..lanes];
        for (value, place) in values.iter_mut().zip(tags) {
            let is_value = value.is_finite();
            *value = if is_value { *value } else { f64::NAN };
            *place = if is_value { tag } else { Tag::Null };
        }
    }

    /// Takes the first columns away.
    fn take(&mut self, columns: usize) -> Self {
        let Out { values, tags, stride } = std::mem::take(self);
        let (values, values_after) = values.split_at_mut(columns * stride);
        let (tags, tags_after) = tags.split_at_mut(columns * stride);
        *self = Out { values: values_after, tags: tags_after, stride };
        Out { values, tags, stride }
    }
}

fn text_of<'a>(constants: &'a [String], texts: &'a [String], cell: Cell) -> &'a str {
    let place = cell.value as usize;
    constants.get(place).unwrap_or_else(|| &texts[place - constants.len()])
}

/// What the operations of a level read.
struct Run<'a> {
    lanes: &'a [Step],
    program: &'a Program,
    columns: Columns<'a>,
    texts: &'a [String],
}

impl Run<'_> {
    /// Computes an operation in all lanes; the first error, if there is one.
    fn op(&self, op: &Op, call: Option<&mut CallState>, mut out: Out<'_>) -> Ran {
        let get = |source: Source, lane: usize| self.columns.get(source, lane);
        let mut result: Ran = Ok(());
        match &op.work {
            Work::Call(inputs) => {
                let Some(call) = call else { return Ok(()) };
                if self.lanes.is_empty() {
                    return Ok(());
                }
                result = call.run(self.lanes, inputs, self.columns, &mut out);
            }
            Work::Not(of) => {
                for lane in 0..self.lanes.len() {
                    let truth = get(*of, lane).truth();
                    out.set(0, lane, truth.map_or(Cell::NULL, |truth| Cell::condition(!truth)));
                }
            }
            Work::Binary { op, left, right } => {
                for lane in 0..self.lanes.len() {
                    let (a, b) = (get(*left, lane), get(*right, lane));
                    let cell = if op.is_arithmetic() {
                        arithmetic(*op, a, b, (*left, *right))
                    } else if op.is_logic() {
                        logic(*op, a, b)
                    } else {
                        match self.compare(*op, a, b) {
                            Ok(cell) => cell,
                            Err(refused) => {
                                result = result.and(Err(Box::new(refused)));
                                Cell::NULL
                            }
                        }
                    };
                    out.set(0, lane, cell);
                }
            }
        }
        result
    }

    fn compare(&self, op: Operator, a: Cell, b: Cell) -> Result<Cell, LiveError> {
        if a.is_null() || b.is_null() {
            return Ok(Cell::NULL);
        }
        let order: Ordering = match (a.tag == Tag::Text, b.tag == Tag::Text) {
            (false, false) => order(a.value, b.value),
            (true, true) => {
                let text = |cell| text_of(&self.program.texts, self.texts, cell);
                text(a).cmp(text(b))
            }
            _ => {
                let word = |cell: Cell| match cell.tag {
                    Tag::Text => Type::Text.word(),
                    Tag::Condition => Type::Condition.word(),
                    _ => Type::Number.word(),
                };
                let (left, right) = (word(a), word(b));
                return Err(LiveError::Compared { op: op.word(), left, right });
            }
        };
        Ok(Cell::condition(compared(op, order)))
    }
}
