//! The interface of kernels: the functions that compute indicators.

use std::ops::Range;

use crate::{live::Step, meta::DType, params::Params, threads::Threads};

/// A batch function over complete rows of one group.
///
/// A kernel keeps no state between calls. The engine removes missing rows and calls the kernel only
/// if there are more than `lookback + lookahead` rows. It ignores the first `lookback` and the last
/// `lookahead` rows of the outputs, and takes a value that is not finite as null.
pub trait Kernel: Send + Sync {
    /// Rows at the start without a value.
    fn lookback(&self, params: &Params) -> usize;

    /// Rows at the end without a value, because it depends on later rows.
    fn lookahead(&self, _params: &Params) -> usize {
        0
    }

    /// Whether the parameters, each in range, are allowed together.
    fn accepts(&self, _params: &Params) -> bool {
        true
    }

    /// Fills `out`, one slice for each output, each as long as the inputs.
    ///
    /// # Errors
    /// A sentence, if the kernel refuses its input.
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

    /// Computes pieces of the rows separately; each begins after the lookback. `None` if the kernel
    /// cannot. The engine calls this only for indicators whose memory is their window.
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

    /// As [`Kernel::compute`], for a kernel that checks whether all its inputs and outputs are
    /// finite. The inputs may then contain other values. `None` if it does not check.
    fn compute_checked(
        &self,
        _params: &Params,
        _inputs: &[&[f64]],
        _out: &mut [Out<'_>],
        _threads: &dyn Threads,
    ) -> Finite {
        None
    }

    /// The indicator row by row, at its first row, with the values of the batch to the last bit.
    /// `piece` is what [`Indicator::piece`](crate::Indicator::piece) says: if the kernel has
    /// [`Kernel::compute_rows`], the step begins anew after as many rows. `None` if there is none.
    fn step(&self, _params: &Params, _piece: Option<usize>) -> Option<Box<dyn Step>> {
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
    /// Pieces for each call of [`Kernel::compute_rows`], which computes them in parallel lanes.
    pub lanes: usize,
    /// Whether [`Kernel::compute_rows`] checks that all its inputs and outputs are finite. The
    /// engine ignores the outputs if they are not.
    pub checks_finite: bool,
    /// The rows up to which one thread is faster than waking a second one.
    pub serial_below: usize,
}

impl Default for ExecutionHints {
    fn default() -> Self {
        Self { lanes: 1, checks_finite: false, serial_below: 0 }
    }
}

/// The slice a kernel writes one output to.
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

    /// Splits at a row, so that several threads can write groups or pieces.
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

    /// A shorter borrow of the rows in `range`.
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
