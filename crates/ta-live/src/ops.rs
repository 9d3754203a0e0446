//! Operations, over the lanes.

use std::cmp::Ordering;

use ta_core::live::Step;

use crate::{
    arithmetic::{arithmetic, compared, logic, order},
    cell::Cell,
    columns::{text_of, Columns, Out},
    infer::Type,
    operator::Operator,
    program::{Op, Source, Work},
    states::CallState,
    LiveError, Program, Tag,
};

/// What running lanes leaves: the first error, in a box, because it passes through every operation.
pub type Ran = Result<(), Box<LiveError>>;

impl Op {
    /// Whether it is an indicator.
    pub fn is_call(&self) -> bool {
        matches!(self.work, Work::Call(_))
    }
}

/// What the operations of a level read.
pub struct Run<'a> {
    pub lanes: &'a [Step],
    /// The lanes for operations whose values no later row needs.
    pub quiet: &'a [Step],
    pub program: &'a Program,
    pub columns: Columns<'a>,
    pub texts: &'a [String],
}

impl Run<'_> {
    /// Computes an operation in all lanes; the first error, if there is one.
    #[inline(always)]
    pub fn op(&self, op: &Op, call: Option<&mut CallState>, out: &mut Out<'_>) -> Ran {
        match (&op.work, call) {
            (Work::Call(inputs), Some(call)) => {
                let lanes = if op.feeds { self.lanes } else { self.quiet };
                call.run(lanes, inputs, &self.columns, out)
            }
            _ => self.operator(op, out),
        }
    }

    /// Computes an operator in all lanes.
    #[inline(never)]
    fn operator(&self, op: &Op, out: &mut Out<'_>) -> Ran {
        let get = |source: Source, lane: usize| self.columns.get(source, lane);
        let mut result: Ran = Ok(());
        match &op.work {
            Work::Call(_) => {}
            Work::Not(of) => {
                for lane in 0..self.lanes.len() {
                    let truth = get(*of, lane).truth();
                    out.set(0, lane, truth.map_or(Cell::NULL, |truth| Cell::condition(!truth)));
                }
            }
            Work::If { when, value, otherwise, tag } => {
                for lane in 0..self.lanes.len() {
                    let cell = match get(*when, lane).truth() {
                        None => Cell::NULL,
                        Some(true) => get(*value, lane),
                        Some(false) => get(*otherwise, lane),
                    };
                    out.set(0, lane, cell.tagged(*tag));
                }
            }
            Work::Fill { of, with, tag } => {
                for lane in 0..self.lanes.len() {
                    let of = get(*of, lane);
                    let cell = if of.is_null() { get(*with, lane) } else { of };
                    out.set(0, lane, cell.tagged(*tag));
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
        out.check(0, self.lanes.len());
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
