//! TA-Lib's streams as steps.
//!
//! A stream opens over the rows of its lookback and one more, so a step first collects these. Where
//! the batch begins a new piece (see [`Indicator::piece`](crate::Indicator::piece)) the step opens a
//! new stream, from the rows that the piece reads.

use ta_lib::{Parameter, RetCode, Stream, Visitor};
use ta_saved::{Damaged, Reader, Saved};

use super::{describe, refused, TaLib, CORE};
use crate::{
    kernel::Kernel,
    live::{self, Rows, Step},
    params::{ParamValue, Params},
};

impl TaLib {
    /// The function row by row, with TA-Lib's own parameters; `None` if TA-Lib refuses them.
    pub(super) fn stream(&self, params: &Params, piece: Option<usize>) -> Option<Box<dyn Step>> {
        let theirs = &params.values()[..self.info.opt_inputs.len()];
        let opening = Opening {
            parameters: theirs.iter().map(parameter).collect::<Option<_>>()?,
            lookback: self.lookback(params),
            piece,
        };
        let inputs = describe::input_slots(self).len();
        (opening.lookback < usize::MAX)
            .then(|| ta_lib::stream_of(self.id(), Opener { opening, inputs }))
    }
}

fn parameter(value: &ParamValue) -> Option<Parameter> {
    match *value {
        ParamValue::Int(v) => i32::try_from(v).ok().map(Parameter::Int),
        ParamValue::Float(v) => Some(Parameter::Real(v)),
        ParamValue::Enum(name) => describe::ma_code(name).map(Parameter::Int),
        ParamValue::Bool(_) => None,
    }
}

/// What a stream is opened with, and when.
#[derive(Clone)]
struct Opening {
    parameters: Vec<Parameter>,
    lookback: usize,
    /// The rows after which a new stream is opened.
    piece: Option<usize>,
}

impl Opening {
    fn open<S: Stream>(&self, rows: &Rows, values: &mut [f64]) -> Result<S, RetCode> {
        S::open_rows(&CORE, &rows.slices(), &self.parameters, values)
    }

    /// The first row, from this one on, at which a stream is opened.
    fn next(&self, row: usize) -> Option<usize> {
        match (row.checked_sub(self.lookback), self.piece) {
            (None | Some(0), _) => Some(self.lookback),
            (Some(after), Some(piece)) => {
                after.checked_next_multiple_of(piece)?.checked_add(self.lookback)
            }
            (Some(_), None) => None,
        }
    }
}

struct Opener {
    opening: Opening,
    inputs: usize,
}

impl Visitor for Opener {
    type Output = Box<dyn Step>;

    fn visit<S: Stream>(self) -> Box<dyn Step> {
        let state = State { row: 0, waiting: Rows::new(self.inputs), stream: None };
        let opens = self.opening.next(0);
        Box::new(StreamStep::<S> { opening: self.opening, opens, state })
    }
}

/// A stream of TA-Lib, with the rows from which the next one is opened.
#[derive(Clone)]
struct StreamStep<S> {
    opening: Opening,
    /// The row at which the next stream is opened.
    opens: Option<usize>,
    state: State<S>,
}

#[derive(Clone, Saved)]
struct State<S> {
    /// The number of the next row.
    row: usize,
    /// The rows before it that the next stream is opened from.
    waiting: Rows,
    stream: Option<S>,
}

impl<S: Stream> StreamStep<S> {
    /// Whether the next row is one of those that the next stream is opened from.
    fn waits(&self) -> bool {
        self.opens.is_some_and(|opens| self.state.row >= opens - self.opening.lookback)
    }

    /// Whether the next row opens a stream.
    fn opens(&self) -> bool {
        self.opens == Some(self.state.row)
    }

    /// Opens the next stream with this row.
    fn open(&mut self, row: &[f64], values: &mut [f64]) -> Result<(), RetCode> {
        let State { row: number, waiting, stream } = &mut self.state;
        waiting.push(row);
        match self.opening.open(waiting, values) {
            Ok(opened) => *stream = Some(opened),
            Err(code) => {
                waiting.pop();
                return Err(code);
            }
        }
        *number += 1;
        self.opens = self.opening.next(*number);
        match self.opening.piece {
            Some(piece) => waiting.forget(piece),
            None => *waiting = Rows::new(row.len()),
        }
        Ok(())
    }
}

impl<S: Stream> Step for StreamStep<S> {
    fn update(&mut self, row: &[f64], values: &mut [f64]) -> Result<(), String> {
        live::check(row, self.state.waiting.width())?;
        if self.opens() {
            return self.open(row, values).map_err(refused);
        }
        match &mut self.state.stream {
            Some(stream) => stream.update_row(row, values).map_err(refused)?,
            None => values.fill(f64::NAN),
        }
        if self.waits() {
            self.state.waiting.push(row);
        }
        self.state.row += 1;
        Ok(())
    }

    fn peek(&self, row: &[f64], values: &mut [f64]) -> Result<(), String> {
        live::check(row, self.state.waiting.width())?;
        if self.opens() {
            let mut rows = self.state.waiting.clone();
            rows.push(row);
            return self.opening.open::<S>(&rows, values).map(drop).map_err(refused);
        }
        match &self.state.stream {
            Some(stream) => stream.peek_row(row, values).map_err(refused),
            None => {
                values.fill(f64::NAN);
                Ok(())
            }
        }
    }

    fn fork(&self) -> Box<dyn Step> {
        Box::new(self.clone())
    }

    fn shape(&self) -> u64 {
        State::<S>::SHAPE
    }

    fn save(&self, to: &mut Vec<u8>) {
        self.state.save(to);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Damaged> {
        let state = State::load(from)?;
        let opens = self.opening.next(state.row);
        let began = opens.map(|opens| opens - self.opening.lookback);
        let waiting = began.map_or(0, |began| state.row.saturating_sub(began));
        let fits = state.row < usize::MAX
            && state.waiting.width() == self.state.waiting.width()
            && state.waiting.count() == Some(waiting)
            && state.stream.is_some() == (state.row > self.opening.lookback);
        if !fits {
            return Err(Damaged::Wrong("number of rows"));
        }
        (self.state, self.opens) = (state, opens);
        Ok(())
    }
}
