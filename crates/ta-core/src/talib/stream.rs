//! TA-Lib's streams as banks.
//!
//! A stream opens over the rows of its lookback and one more, so a series first collects these. Where
//! the batch begins a new piece (see [`Indicator::piece`](crate::Indicator::piece)) the series opens a
//! new stream, from the rows that the piece reads.

use ta_lib::{abstract_api::FuncId, OpenStream, Parameter, RetCode};
use ta_saved::{shape, Damaged, Reader, Saved};

use super::{describe, refused, TaLib, CORE};
use crate::{
    kernel::Kernel,
    live::{Live, Rows},
    params::{ParamValue, Params},
};

impl TaLib {
    /// The function row by row, with TA-Lib's own parameters; `None` if TA-Lib refuses them.
    pub(super) fn stream(&self, params: &Params, piece: Option<usize>) -> Option<StreamLive> {
        let theirs = &params.values()[..self.info.opt_inputs.len()];
        let live = StreamLive {
            function: self.id(),
            parameters: theirs.iter().map(parameter).collect::<Option<_>>()?,
            inputs: describe::input_slots(self).len(),
            outputs: self.info.outputs.len(),
            lookback: self.lookback(params),
            piece,
        };
        (live.lookback < usize::MAX).then_some(live)
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

/// A function of TA-Lib row by row: what its streams are opened with, and when.
pub(super) struct StreamLive {
    function: FuncId,
    parameters: Vec<Parameter>,
    inputs: usize,
    outputs: usize,
    lookback: usize,
    /// The rows after which a new stream is opened.
    piece: Option<usize>,
}

/// A stream of TA-Lib, with the rows from which the next one is opened.
#[derive(Clone)]
pub(super) struct StreamState {
    /// The row at which the next stream is opened.
    opens: Option<usize>,
    /// The number of the next row.
    row: usize,
    /// The rows before it that the next stream is opened from.
    waiting: Rows,
    stream: Option<OpenStream>,
}

impl StreamLive {
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

    /// Whether the next row is one of those that the next stream is opened from.
    fn waits(&self, state: &StreamState) -> bool {
        state.opens.is_some_and(|opens| state.row >= opens - self.lookback)
    }

    fn open(&self, rows: &Rows, values: &mut [f64]) -> Result<OpenStream, RetCode> {
        let columns: Vec<&[f64]> = (0..self.inputs).map(|number| rows.column(number)).collect();
        OpenStream::open(self.function, &CORE, &columns, &self.parameters, values)
    }

    /// Opens the next stream with this row.
    fn begin(
        &self,
        state: &mut StreamState,
        row: &[f64],
        values: &mut [f64],
    ) -> Result<(), RetCode> {
        self.keep(state, row);
        match self.open(&state.waiting, values) {
            Ok(opened) => state.stream = Some(opened),
            Err(code) => {
                state.waiting.pop();
                return Err(code);
            }
        }
        state.row += 1;
        state.opens = self.next(state.row);
        // Rows are kept only if the next stream is opened from some of them: they would take as much
        // memory as the stream.
        state.waiting.forget(self.piece.unwrap_or(usize::MAX));
        if state.waiting.count() == 0 {
            state.waiting = Rows::default();
        }
        Ok(())
    }

    /// Keeps a row from which the next stream is opened.
    fn keep(&self, state: &mut StreamState, row: &[f64]) {
        if state.waiting.width() == 0 {
            state.waiting = Rows::with_room(self.lookback + 1, self.inputs);
        }
        state.waiting.push(row);
    }
}

impl Live for StreamLive {
    type State = StreamState;
    type Scratch = ();

    fn inputs(&self) -> usize {
        self.inputs
    }

    fn outputs(&self) -> usize {
        self.outputs
    }

    fn start(&self) -> StreamState {
        StreamState { opens: self.next(0), row: 0, waiting: Rows::default(), stream: None }
    }

    fn scratch(&self) {}

    fn update(
        &self,
        state: &mut StreamState,
        _: &mut (),
        row: &[f64],
        values: &mut [f64],
    ) -> Result<(), String> {
        if state.opens == Some(state.row) {
            return self.begin(state, row, values).map_err(refused);
        }
        match &mut state.stream {
            Some(stream) => stream.update(row, values).map_err(refused)?,
            None => values.fill(f64::NAN),
        }
        if self.waits(state) {
            self.keep(state, row);
        }
        state.row += 1;
        Ok(())
    }

    fn peek(
        &self,
        state: &mut StreamState,
        _: &mut (),
        row: &[f64],
        values: &mut [f64],
    ) -> Result<(), String> {
        if state.opens == Some(state.row) {
            state.waiting.push(row);
            let opened = self.open(&state.waiting, values);
            state.waiting.pop();
            return opened.map(drop).map_err(refused);
        }
        match &state.stream {
            Some(stream) => stream.peek(row, values).map_err(refused),
            None => {
                values.fill(f64::NAN);
                Ok(())
            }
        }
    }

    fn shape(&self, _: &StreamState) -> u64 {
        let stream = OpenStream::shape(self.function);
        let parts = [("row", usize::SHAPE), ("waiting", Rows::SHAPE), ("stream", stream)];
        shape("Stream", &parts)
    }

    fn save(&self, state: &StreamState, to: &mut Vec<u8>) {
        state.row.save(to);
        state.waiting.save(to);
        // The row says whether there is a stream.
        if let Some(stream) = &state.stream {
            stream.save(to);
        }
    }

    fn load(&self, state: &mut StreamState, from: &mut Reader<'_>) -> Result<(), Damaged> {
        let (row, waiting) = (usize::load(from)?, Rows::load(from)?);
        let opens = self.next(row);
        let began = opens.map(|opens| opens - self.lookback);
        let count = began.map_or(0, |began| row.saturating_sub(began));
        let fits = row < usize::MAX
            && [0, self.inputs].contains(&waiting.width())
            && waiting.count() == count;
        if !fits {
            return Err(Damaged::Wrong("number of rows"));
        }
        let opened = row > self.lookback;
        let stream = opened.then(|| OpenStream::load(self.function, from)).transpose()?;
        *state = StreamState { opens, row, waiting, stream };
        Ok(())
    }

    fn copy(&self, to: &mut StreamState, from: &StreamState) {
        (to.opens, to.row) = (from.opens, from.row);
        to.waiting.copy_from(&from.waiting);
        match (&mut to.stream, &from.stream) {
            (Some(to), Some(from)) => to.copy_from(from),
            (to, from) => *to = from.clone(),
        }
    }

    fn owned(&self, state: &StreamState) -> usize {
        state.waiting.owned() + state.stream.as_ref().map_or(0, OpenStream::owned)
    }
}
