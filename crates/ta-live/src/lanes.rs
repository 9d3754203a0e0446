//! Rows that run through a program together, in columns.

use std::cmp::Ordering;

use rayon::prelude::*;

use crate::{
    arithmetic::{
        as_number, by_constant, compared, logic, numbers, of_constant, order, whole, Operator,
    },
    cell::Cell,
    infer::Type,
    program::{Op, Source, Work},
    states::{CallState, Mode, States},
    LiveError, Program, Tag,
};

/// The values of a column, one for each lane.
#[derive(Debug, Clone, Default)]
pub struct Column {
    values: Vec<f64>,
    tags: Vec<Tag>,
}

impl Column {
    fn resize(&mut self, lanes: usize) {
        self.values.resize(lanes, f64::NAN);
        self.tags.resize(lanes, Tag::Null);
    }

    /// The value of a lane.
    pub fn get(&self, lane: usize) -> Cell {
        Cell { tag: self.tags[lane], value: self.values[lane] }
    }

    /// Sets the value of a lane.
    pub fn set(&mut self, lane: usize, cell: Cell) {
        self.values[lane] = cell.value;
        self.tags[lane] = cell.tag;
    }
}

/// Rows, each of a key; the fields are the first columns.
#[derive(Debug, Clone, Default)]
pub struct Lanes {
    /// The key of each lane.
    pub series: Vec<u32>,
    columns: Vec<Column>,
    /// The texts of the lanes, after those of the program.
    texts: Vec<String>,
    used: usize,
}

/// Fewest lanes times operations of a level for several threads.
const MIN_PARALLEL: usize = 1 << 13;

impl Lanes {
    /// Begins anew, without lanes.
    pub fn clear(&mut self) {
        self.series.clear();
        self.used = 0;
    }

    /// Makes room for so many lanes.
    pub fn reserve(&mut self, program: &Program, lanes: usize) {
        self.columns.resize_with(program.width, Column::default);
        if self.columns.first().is_some_and(|column| column.values.len() < lanes) {
            self.columns.iter_mut().for_each(|column| column.resize(lanes));
        }
    }

    /// Makes room for the lanes of `series`.
    pub fn resize(&mut self, program: &Program) {
        self.reserve(program, self.series.len());
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
        self.columns[field].set(lane, cell);
    }

    /// The value of an operand in a lane.
    pub fn get(&self, source: Source, lane: usize) -> Cell {
        get(&self.columns, source, lane)
    }

    /// Computes all columns from those of the fields. In mode `Peek` no key may have two lanes.
    pub fn run(
        &mut self,
        program: &Program,
        states: &mut States,
        mode: Mode,
    ) -> Result<(), LiveError> {
        let mut calls = &mut states.0[..];
        for level in &program.levels {
            let count = level.iter().filter(|op| matches!(op.work, Work::Call(_))).count();
            let (now, later) = calls.split_at_mut(count);
            calls = later;
            let start = level[0].out;
            let (before, after) = self.columns.split_at_mut(start);
            let lanes =
                Run { mode, series: &self.series, program, columns: before, texts: &self.texts };
            if lanes.series.len() * level.len() < MIN_PARALLEL {
                let (mut calls, mut rest) = (now.iter_mut(), after);
                for op in level {
                    let (out, others) = rest.split_at_mut(op.width);
                    rest = others;
                    let call = if op.is_call() { calls.next() } else { None };
                    lanes.op(op, call, out)?;
                }
            } else {
                let (mut calls, mut rest) = (now.iter_mut(), after);
                let mut jobs = Vec::with_capacity(level.len());
                for op in level {
                    let (out, others) = rest.split_at_mut(op.width);
                    rest = others;
                    jobs.push((op, if op.is_call() { calls.next() } else { None }, out));
                }
                jobs.into_par_iter().try_for_each(|(op, call, out)| lanes.op(op, call, out))?;
            }
        }
        Ok(())
    }
}

impl Op {
    fn is_call(&self) -> bool {
        matches!(self.work, Work::Call(_))
    }
}

fn get(columns: &[Column], source: Source, lane: usize) -> Cell {
    match source {
        Source::Column(column) => columns[column].get(lane),
        Source::Constant(cell) => cell,
    }
}

fn text_of<'a>(constants: &'a [String], texts: &'a [String], cell: Cell) -> &'a str {
    let place = cell.value as usize;
    constants.get(place).unwrap_or_else(|| &texts[place - constants.len()])
}

/// What the operations of a level read.
struct Run<'a> {
    mode: Mode,
    series: &'a [u32],
    program: &'a Program,
    columns: &'a [Column],
    texts: &'a [String],
}

impl Run<'_> {
    fn op(
        &self,
        op: &Op,
        call: Option<&mut CallState>,
        out: &mut [Column],
    ) -> Result<(), LiveError> {
        let get = |source: Source, lane: usize| get(self.columns, source, lane);
        match &op.work {
            Work::Call(inputs) => {
                let Some(call) = call else { return Ok(()) };
                for (lane, &series) in self.series.iter().enumerate() {
                    let cells = inputs.iter().map(|&input| get(input, lane));
                    let set = |output: usize, cell| out[output].set(lane, cell);
                    call.run(series as usize, self.mode, cells, set)?;
                }
            }
            Work::Not(of) => {
                for lane in 0..self.series.len() {
                    let truth = get(*of, lane).truth();
                    out[0].set(lane, truth.map_or(Cell::NULL, |truth| Cell::condition(!truth)));
                }
            }
            Work::Binary { op, left, right, whole } => {
                for lane in 0..self.series.len() {
                    let (a, b) = (get(*left, lane), get(*right, lane));
                    let cell = if op.is_arithmetic() {
                        arithmetic(*op, a, b, *whole, (*left, *right))
                    } else if op.is_logic() {
                        logic(*op, a, b)
                    } else {
                        self.compare(*op, a, b)?
                    };
                    out[0].set(lane, cell);
                }
            }
        }
        Ok(())
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
                    Tag::Number | Tag::Null => Type::Number.word(),
                };
                let (left, right) = (word(a), word(b));
                return Err(LiveError::Compared { op: op.word(), left, right });
            }
        };
        Ok(Cell::condition(compared(op, order)))
    }
}

fn arithmetic(op: Operator, a: Cell, b: Cell, is_whole: bool, sources: (Source, Source)) -> Cell {
    if a.is_null() || b.is_null() {
        return Cell::NULL;
    }
    let (a, b) = (as_number(a).value, as_number(b).value);
    if is_whole {
        let found = whole(op, a as i32, b as i32);
        return found.map_or(Cell::NULL, |found| Cell::number(f64::from(found)));
    }
    match sources {
        (Source::Column(_), Source::Constant(_)) => Cell::number(by_constant(op, a, b)),
        (Source::Constant(_), Source::Column(_)) => Cell::number(of_constant(op, a, b)),
        _ => Cell::number(numbers(op, a, b)),
    }
}
