//! The interface of kernels: the functions that compute indicators.

use std::ops::Range;

use crate::{live::Bank, meta::DType, params::Params, threads::Threads};

/// A function over complete rows of one group.
///
/// A kernel keeps no state between calls. The engine removes missing rows and calls the kernel only
/// if there are more than `lookback + lookahead` rows. The engine ignores the first `lookback` and
/// the last `lookahead` rows of the outputs, and turns values that are not finite into nulls.
pub trait Kernel: Send + Sync {
    /// The number of rows at the start without a value.
    fn lookback(&self, params: &Params) -> usize;

    /// The number of rows at the end without a value, because a value depends on later rows.
    fn lookahead(&self, _params: &Params) -> usize {
        0
    }

    /// Whether the parameters are allowed together; each is in range.
    fn accepts(&self, _params: &Params) -> bool {
        true
    }

    /// Fills `out`: one slice for each output, as long as the inputs.
    ///
    /// # Errors
    /// One sentence, if the kernel refuses its input.
    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
        threads: &dyn Threads,
    ) -> Result<(), String>;

    /// How the engine should call this kernel.
    fn hints(&self) -> ExecutionHints {
        ExecutionHints::default()
    }

    /// Computes pieces, which begin after the lookback, separately. `None` if the kernel cannot do
    /// this. The engine calls this only for indicators whose memory is their window.
    ///
    /// # Errors
    /// As [`Kernel::compute`].
    fn compute_rows(
        &self,
        _params: &Params,
        _inputs: &[&[f64]],
        _pieces: &mut [Piece<'_>],
    ) -> Option<Result<Finite, String>> {
        None
    }

    /// Does the same as [`Kernel::compute`] and checks whether all inputs and outputs are finite;
    /// the inputs may have values that are not. `None`, without computing, if the kernel does not
    /// check.
    fn compute_checked(
        &self,
        _params: &Params,
        _inputs: &[&[f64]],
        _out: &mut [Out<'_>],
        _threads: &dyn Threads,
    ) -> Finite {
        None
    }

    /// The indicator row by row, without series, with the values of the batch to the last bit.
    /// `piece` is what [`Indicator::piece`](crate::Indicator::piece) says: if the kernel has
    /// [`Kernel::compute_rows`], a series begins anew after as many rows. `None` if there is none.
    fn bank(&self, _params: &Params, _piece: Option<usize>) -> Option<Box<dyn Bank>> {
        None
    }
}

/// Whether all numbers that a kernel read and wrote are finite; `None` if it has not checked.
pub type Finite = Option<bool>;

/// Consecutive rows and the outputs for them.
#[derive(Debug)]
pub struct Piece<'a> {
    /// The rows.
    pub rows: Range<usize>,
    /// One slice for each output, with one value for each of these rows.
    pub out: Vec<Out<'a>>,
}

/// How the engine should call a kernel, for speed.
#[derive(Debug, Clone, Copy)]
pub struct ExecutionHints {
    /// The number of pieces for each call of [`Kernel::compute_rows`], which computes them in
    /// lanes.
    pub lanes: usize,
    /// Whether [`Kernel::compute_rows`] checks that all inputs and outputs are finite. If one is
    /// not, the engine may ignore the outputs.
    pub checks_finite: bool,
    /// The number of rows up to which one thread is faster than several.
    pub serial_below: usize,
}

impl Default for ExecutionHints {
    fn default() -> Self {
        Self { lanes: 1, checks_finite: false, serial_below: 0 }
    }
}

/// The slice to which a kernel writes one output.
#[derive(Debug)]
pub enum Out<'a> {
    /// Real values.
    F64(&'a mut [f64]),
    /// Whole values.
    I32(&'a mut [i32]),
    /// Events.
    Bool(&'a mut [bool]),
}

impl<'a> Out<'a> {
    /// The type of the output column.
    pub fn dtype(&self) -> DType {
        match self {
            Self::F64(_) => DType::Float64,
            Self::I32(_) => DType::Int32,
            Self::Bool(_) => DType::Boolean,
        }
    }

    /// Splits the slice at a row, so that several threads can write to it.
    pub fn split_at(self, row: usize) -> (Out<'a>, Out<'a>) {
        match self {
            Self::F64(values) => {
                let (a, b) = values.split_at_mut(row);
                (Self::F64(a), Self::F64(b))
            }
            Self::I32(values) => {
                let (a, b) = values.split_at_mut(row);
                (Self::I32(a), Self::I32(b))
            }
            Self::Bool(values) => {
                let (a, b) = values.split_at_mut(row);
                (Self::Bool(a), Self::Bool(b))
            }
        }
    }

    /// The slice of the rows in `range`.
    pub fn rows(&mut self, range: Range<usize>) -> Out<'_> {
        match self {
            Self::F64(values) => Out::F64(&mut values[range]),
            Self::I32(values) => Out::I32(&mut values[range]),
            Self::Bool(values) => Out::Bool(&mut values[range]),
        }
    }
}

/// One computed output that owns its values; `None` is null.
#[derive(Debug, Clone, PartialEq)]
pub enum Computed {
    /// Real values.
    F64(Vec<Option<f64>>),
    /// Whole values.
    I32(Vec<Option<i32>>),
    /// Events.
    Bool(Vec<Option<bool>>),
}

impl Computed {
    /// The values, if they are real.
    pub fn as_f64(&self) -> Option<&[Option<f64>]> {
        match self {
            Self::F64(values) => Some(values),
            _ => None,
        }
    }
}
