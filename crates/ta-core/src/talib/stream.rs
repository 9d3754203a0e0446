//! TA-Lib's streams, row by row.
//!
//! A stream opens over the rows of its lookback and one more, so a series first collects these. Where
//! the batch begins a new piece (see [`Indicator::piece`](crate::Indicator::piece)) the series opens a
//! new stream, from the rows that the piece reads.

use ta_lib::{abstract_api::FuncId, as_columns, OpenStreams, Opening, Parameter, RetCode};
use ta_saved::{shape, Damaged, Reader, Saved};

use super::{describe, TaLib, CORE};
use crate::{
    kernel::Kernel,
    live::{Rows, Step},
    params::{ParamValue, Params},
};

impl TaLib {
    /// The function row by row, with TA-Lib's own parameters; `None` if TA-Lib refuses them.
    pub(super) fn stream(&self, params: &Params, piece: Option<usize>) -> Option<Function> {
        let theirs = &params.values()[..self.info.opt_inputs.len()];
        let function = Function {
            id: self.id(),
            parameters: theirs.iter().map(parameter).collect::<Option<_>>()?,
            inputs: describe::input_slots(self).len(),
            outputs: self.info.outputs.len(),
            lookback: self.lookback(params),
            piece,
        };
        (function.lookback < usize::MAX).then_some(function)
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
pub(super) struct Function {
    pub id: FuncId,
    parameters: Vec<Parameter>,
    pub inputs: usize,
    pub outputs: usize,
    lookback: usize,
    /// The rows after which a new stream is opened.
    piece: Option<usize>,
}

/// How far a series is.
#[derive(Clone)]
pub(super) struct Progress {
    /// The number of the next row.
    pub row: usize,
    /// The row at which the next stream is opened; the largest number if there is none.
    opens: usize,
    /// The first row that is kept for that.
    plain: usize,
    /// The rows before it that the next stream is opened from.
    waiting: Option<Box<Rows>>,
}

impl Progress {
    /// Whether there was no row yet.
    pub fn is_first(&self) -> bool {
        self.row == 0
    }

    /// The bytes of memory that it takes.
    pub fn bytes(&self) -> usize {
        let waiting = self.waiting.as_ref().map_or(0, |rows| size_of::<Rows>() + rows.owned());
        size_of::<Self>() + waiting
    }
}

impl Function {
    /// Before the first row.
    pub fn start(&self) -> Progress {
        self.at(0, None)
    }

    /// Before a row, with the rows that wait.
    fn at(&self, row: usize, waiting: Option<Box<Rows>>) -> Progress {
        let opens = self.next(row);
        Progress { row, opens, plain: opens - self.lookback, waiting }
    }

    /// The streams of the function, without series.
    pub fn streams(&self) -> OpenStreams {
        OpenStreams::new(self.id)
    }

    /// The first row, from this one on, at which a stream is opened.
    fn next(&self, row: usize) -> usize {
        let Some(after @ 1..) = row.checked_sub(self.lookback) else { return self.lookback };
        let piece = self.piece.and_then(|piece| after.checked_next_multiple_of(piece));
        piece.and_then(|row| row.checked_add(self.lookback)).unwrap_or(usize::MAX)
    }

    /// Whether a row is only the next one of an open stream.
    #[inline]
    pub fn is_plain(at: &Progress) -> bool {
        at.row < at.plain
    }

    /// Takes a row of a series, or peeks at it.
    pub fn take(
        &self,
        at: &mut Progress,
        streams: &mut OpenStreams,
        step: Step,
        row: &[f64],
        values: &mut [f64],
    ) -> Result<(), RetCode> {
        if at.row == at.opens {
            return self.open(at, streams, step, row, values);
        }
        if at.row > self.lookback {
            as_columns(row, values, |row, values| streams.run(&[step], row, values))?;
        } else {
            values.fill(f64::NAN);
        }
        if step.commits {
            if at.opens < usize::MAX && !Self::is_plain(at) {
                self.waiting(at).push(row);
            }
            at.row += 1;
        }
        Ok(())
    }

    /// Opens the next stream with this row.
    fn open(
        &self,
        at: &mut Progress,
        streams: &mut OpenStreams,
        step: Step,
        row: &[f64],
        values: &mut [f64],
    ) -> Result<(), RetCode> {
        let rows = self.waiting(at);
        rows.push(row);
        let columns: Vec<&[f64]> = (0..self.inputs).map(|number| rows.column(number)).collect();
        let with = Opening { core: &CORE, columns: &columns, parameters: &self.parameters };
        let opened = streams.open(step.series as usize, &with, values, step.commits);
        if opened.is_err() || !step.commits {
            rows.pop();
            return opened;
        }
        // Rows are kept only if the next stream is opened from some of them: they would take as much
        // memory as the stream.
        rows.forget(self.piece.unwrap_or(usize::MAX));
        if rows.count() == 0 {
            at.waiting = None;
        }
        *at = self.at(at.row + 1, at.waiting.take());
        Ok(())
    }

    /// The rows from which the next stream is opened.
    fn waiting<'a>(&self, at: &'a mut Progress) -> &'a mut Rows {
        let room = || Box::new(Rows::with_room(self.lookback + 1, self.inputs));
        at.waiting.get_or_insert_with(room)
    }

    /// A number that changes with everything in the state of a series.
    pub fn shape(&self) -> u64 {
        let stream = OpenStreams::shape(self.id);
        let parts = [("row", usize::SHAPE), ("waiting", Rows::SHAPE), ("stream", stream)];
        shape("Stream", &parts)
    }

    /// Appends the state of a series.
    pub fn save(&self, at: &Progress, streams: &OpenStreams, series: usize, to: &mut Vec<u8>) {
        at.row.save(to);
        match &at.waiting {
            Some(rows) => rows.save(to),
            None => Rows::default().save(to),
        }
        // The row says whether there is a stream.
        streams.save(series, to);
    }

    /// Reads the state of a series.
    pub fn load(
        &self,
        at: &mut Progress,
        streams: &mut OpenStreams,
        series: usize,
        from: &mut Reader<'_>,
    ) -> Result<(), Damaged> {
        let (row, rows) = (usize::load(from)?, Rows::load(from)?);
        let opens = self.next(row);
        let count = if opens < usize::MAX { row.saturating_sub(opens - self.lookback) } else { 0 };
        let fits =
            row < usize::MAX && [0, self.inputs].contains(&rows.width()) && rows.count() == count;
        if !fits {
            return Err(Damaged::Wrong("number of rows"));
        }
        if row > self.lookback {
            streams.load(series, from)?;
        } else {
            streams.close(series);
        }
        let waiting = (count > 0).then(|| Box::new(rows));
        *at = self.at(row, waiting);
        Ok(())
    }
}

/// Copies how far a series is, into the memory that is there.
pub(super) fn copy(to: &mut Progress, from: &Progress) {
    (to.row, to.opens, to.plain) = (from.row, from.opens, from.plain);
    match (&mut to.waiting, &from.waiting) {
        (Some(to), Some(from)) => to.copy_from(from),
        (to, from) => to.clone_from(from),
    }
}
