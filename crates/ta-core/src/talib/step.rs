//! TA-Lib's streams as steps.
//!
//! A stream opens over the rows of its lookback and one more, so a step first collects these. Where
//! the batch begins a new piece (see [`Indicator::piece`](crate::Indicator::piece)) the step opens a
//! new stream, from the rows that the piece reads.

use ta_lib::{abstract_api::FuncId, OpenStream, Parameter, RetCode};
use ta_saved::{shape, Damaged, Reader, Saved};

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
            function: self.id(),
            parameters: theirs.iter().map(parameter).collect::<Option<_>>()?,
            lookback: self.lookback(params),
            piece,
        };
        let inputs = describe::input_slots(self).len();
        (opening.lookback < usize::MAX).then(|| Box::new(StreamStep::new(opening, inputs)) as _)
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
    function: FuncId,
    parameters: Vec<Parameter>,
    lookback: usize,
    /// The rows after which a new stream is opened.
    piece: Option<usize>,
}

impl Opening {
    fn open(&self, rows: &Rows, values: &mut [f64]) -> Result<OpenStream, RetCode> {
        OpenStream::open(self.function, &CORE, &rows.slices(), &self.parameters, values)
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

/// A stream of TA-Lib, with the rows from which the next one is opened.
#[derive(Clone)]
struct StreamStep {
    opening: Opening,
    /// The row at which the next stream is opened.
    opens: Option<usize>,
    /// The number of the next row.
    row: usize,
    /// The rows before it that the next stream is opened from.
    waiting: Rows,
    stream: Option<OpenStream>,
}

impl StreamStep {
    fn new(opening: Opening, inputs: usize) -> Self {
        Self { opens: opening.next(0), opening, row: 0, waiting: Rows::new(inputs), stream: None }
    }

    /// Whether the next row is one of those that the next stream is opened from.
    fn waits(&self) -> bool {
        self.opens.is_some_and(|opens| self.row >= opens - self.opening.lookback)
    }

    /// Whether the next row opens a stream.
    fn opens(&self) -> bool {
        self.opens == Some(self.row)
    }

    /// Opens the next stream with this row.
    fn open(&mut self, row: &[f64], values: &mut [f64]) -> Result<(), RetCode> {
        self.waiting.push(row);
        match self.opening.open(&self.waiting, values) {
            Ok(opened) => self.stream = Some(opened),
            Err(code) => {
                self.waiting.pop();
                return Err(code);
            }
        }
        self.row += 1;
        self.opens = self.opening.next(self.row);
        match self.opening.piece {
            Some(piece) => self.waiting.forget(piece),
            None => self.waiting = Rows::new(row.len()),
        }
        Ok(())
    }
}

impl Step for StreamStep {
    fn update(&mut self, row: &[f64], values: &mut [f64]) -> Result<(), String> {
        live::check(row, self.waiting.width())?;
        if self.opens() {
            return self.open(row, values).map_err(refused);
        }
        match &mut self.stream {
            Some(stream) => stream.update(row, values).map_err(refused)?,
            None => values.fill(f64::NAN),
        }
        if self.waits() {
            self.waiting.push(row);
        }
        self.row += 1;
        Ok(())
    }

    fn peek(&self, row: &[f64], values: &mut [f64]) -> Result<(), String> {
        live::check(row, self.waiting.width())?;
        if self.opens() {
            let mut rows = self.waiting.clone();
            rows.push(row);
            return self.opening.open(&rows, values).map(drop).map_err(refused);
        }
        match &self.stream {
            Some(stream) => stream.peek(row, values).map_err(refused),
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
        let stream = OpenStream::shape(self.opening.function);
        let parts = [("row", usize::SHAPE), ("waiting", Rows::SHAPE), ("stream", stream)];
        shape("StreamStep", &parts)
    }

    fn save(&self, to: &mut Vec<u8>) {
        self.row.save(to);
        self.waiting.save(to);
        // The row says whether there is a stream.
        if let Some(stream) = &self.stream {
            stream.save(to);
        }
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Damaged> {
        let (row, waiting) = (usize::load(from)?, Rows::load(from)?);
        let Opening { function, lookback, .. } = self.opening;
        let opens = self.opening.next(row);
        let began = opens.map(|opens| opens - lookback);
        let count = began.map_or(0, |began| row.saturating_sub(began));
        let fits = row < usize::MAX
            && waiting.width() == self.waiting.width()
            && waiting.count() == Some(count);
        if !fits {
            return Err(Damaged::Wrong("number of rows"));
        }
        self.stream = if row > lookback { Some(OpenStream::load(function, from)?) } else { None };
        (self.row, self.waiting, self.opens) = (row, waiting, opens);
        Ok(())
    }
}
