//! What computes an indicator.

use std::ops::Range;

use crate::{meta::DType, params::Params};

/// A batch function over complete rows of one group.
///
/// A kernel keeps no state: everything it needs is in its arguments. It never sees
/// missing values (the [`engine`](crate::engine) removes them) and is only called
/// when there are more rows than `lookback + lookahead`. Output rows before
/// `lookback` and the last `lookahead` rows are ignored, whatever it writes there;
/// a value that is not finite is taken as "none".
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

    /// Fills some rows alone, where the kernel can do so: each piece begins after the
    /// lookback. `None` where it cannot.
    ///
    /// It is asked only of indicators that remember no more than their window.
    fn compute_rows(
        &self,
        _params: &Params,
        _inputs: &[&[f64]],
        _pieces: &mut [Piece<'_>],
    ) -> Option<Result<Seen, String>> {
        None
    }

    /// How it likes to be given pieces.
    fn manner(&self) -> Manner {
        Manner { side_by_side: 1, looks: false, alone: 0 }
    }

    /// As [`Kernel::compute`], by a kernel that finds out by itself if all numbers are finite:
    /// it may be given others. `None` where it does not look.
    fn compute_and_look(
        &self,
        _params: &Params,
        _inputs: &[&[f64]],
        _out: &mut [Out<'_>],
    ) -> Option<Seen> {
        None
    }

    /// Fills `out`, one slice for each output, each as long as the inputs.
    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String>;
}

/// Some rows, and where their values go.
#[derive(Debug)]
pub struct Piece<'a> {
    /// Which rows.
    pub rows: Range<usize>,
    /// One slice for each output, as long as there are rows.
    pub out: Vec<Out<'a>>,
}

/// How a kernel goes through pieces.
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    /// How many it had best be given at once.
    pub side_by_side: usize,
    /// Whether it finds out by itself if all numbers are finite. Such a kernel may be given
    /// others; what it makes of them does not matter.
    pub looks: bool,
    /// Up to so many rows it is done before another thread has woken up.
    pub alone: usize,
}

/// What a kernel says about the numbers that it has read and written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// Nothing: it has not looked.
    Nothing,
    /// Whether all are finite. If not, some may be.
    Finite(bool),
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

    /// The real values; a kernel calls this on an output its metadata declares so.
    ///
    /// # Panics
    /// When the output has another type: a fault in the kernel's own file.
    pub fn f64(&mut self) -> &mut [f64] {
        match self {
            Self::F64(values) => values,
            other => panic!("output is {:?}, not Float64", other.dtype()),
        }
    }

    /// The whole values; see [`Out::f64`].
    ///
    /// # Panics
    /// When the output has another type.
    pub fn i32(&mut self) -> &mut [i32] {
        match self {
            Self::I32(values) => values,
            other => panic!("output is {:?}, not Int32", other.dtype()),
        }
    }

    /// The events; see [`Out::f64`].
    ///
    /// # Panics
    /// When the output has another type.
    pub fn bool(&mut self) -> &mut [bool] {
        match self {
            Self::Bool(values) => values,
            other => panic!("output is {:?}, not Boolean", other.dtype()),
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
