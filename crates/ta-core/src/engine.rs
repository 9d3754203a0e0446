//! Groups and missing rows: from whole columns to kernel calls and back.
//!
//! A kernel sees complete rows of one group in order. This module finds those rows,
//! hands the columns over untouched where they already have that shape, gathers them
//! once where they do not, and puts the results back, with a validity bitmap.

mod direct;
mod layout;
mod output;
mod parallel;
mod reuse;
mod run;

pub use direct::Direct;
pub use layout::{Column, Missing, Partition, Values};
pub use output::{pack_bits, OutColumn, OutValues};
pub use parallel::{map_all, WORTH_A_THREAD};
pub use reuse::{buffer, release, Reused};
pub use run::{Frame, Task};

use crate::{error::TaError, indicator::Indicator, params::Params};

/// One computed output, owned: what [`compute`] returns.
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

/// Computes one indicator over plain slices, as one group, skipping rows where an
/// input is not a finite number. For tests, examples and small jobs.
///
/// # Errors
/// See [`Frame::run`].
pub fn compute(
    indicator: &'static Indicator,
    params: &Params,
    inputs: &[&[f64]],
) -> Result<Vec<Computed>, TaError> {
    Direct::new(indicator, params.clone(), Missing::Skip).computed(inputs)
}
