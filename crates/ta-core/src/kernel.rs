//! What computes an indicator.

use std::ops::Range;

use crate::{meta::DType, params::Params, threads::Threads};

/// A batch function over complete rows of one group.
///
/// A kernel keeps no state: everything it needs is in its arguments. It never sees a missing
/// value (the engine removes them) and is only called when there are more rows than
/// `lookback + lookahead`. Output rows before `lookback` and the last `lookahead` rows are
/// ignored, whatever it writes there; a value that is not finite is taken as "none".
pub trait Kernel: Send + Sync {
    /// Rows at the start that have no value.
    fn lookback(&self, params: &Params) -> usize;

    /// Rows at the end that have no value yet, because they need later rows.
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
    /// A sentence, where the kernel refuses its input.
    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
        threads: &dyn Threads,
    ) -> Result<(), String>;

    /// How the engine should call it.
    fn hints(&self) -> ExecutionHints {
        ExecutionHints::default()
    }

    /// Fills some rows without the others, where the kernel can: each piece begins after the
    /// lookback. `None` where it cannot. The engine asks this only of indicators whose memory
    /// is their window.
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

    /// As [`Kernel::compute`], for a kernel that checks by itself whether all numbers are
    /// finite: it may be given others. `None` where it does not check.
    fn compute_checked(
        &self,
        _params: &Params,
        _inputs: &[&[f64]],
        _out: &mut [Out<'_>],
        _threads: &dyn Threads,
    ) -> Finite {
        None
    }
}

/// Whether all numbers that a kernel read and wrote are finite; `None` where it has not
/// checked. After `Some(false)`, some may be finite.
pub type Finite = Option<bool>;

/// Some rows, and where their values go.
#[derive(Debug)]
pub struct Piece<'a> {
    /// Which rows.
    pub rows: Range<usize>,
    /// One slice for each output, as long as there are rows.
    pub out: Vec<Out<'a>>,
}

/// How the engine should call a kernel.
#[derive(Debug, Clone, Copy)]
pub struct ExecutionHints {
    /// Pieces that one call of [`Kernel::compute_rows`] should get: it computes them side by
    /// side.
    pub lanes: usize,
    /// Whether [`Kernel::compute_rows`] checks that all numbers are finite. Such a kernel may
    /// be given others; the engine then ignores what it wrote.
    pub checks_finite: bool,
    /// Up to so many rows, one thread is done before a second has woken up.
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
    /// The column type this slice becomes.
    pub fn dtype(&self) -> DType {
        match self {
            Self::F64(_) => DType::Float64,
            Self::I32(_) => DType::Int32,
            Self::Bool(_) => DType::Boolean,
        }
    }

    /// Splits at a row, so that groups can be computed side by side.
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

/// One computed output, owned: the outputs of one call for tests, examples and small jobs.
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
    /// The real values, if it has such.
    pub fn as_f64(&self) -> Option<&[Option<f64>]> {
        match self {
            Self::F64(values) => Some(values),
            _ => None,
        }
    }
}
