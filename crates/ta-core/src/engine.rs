//! Groups and missing rows: from whole columns to kernel calls and back.
//!
//! A kernel sees complete rows of one group in order. This module finds those rows,
//! hands the columns over untouched where they already have that shape, gathers them
//! once where they do not, and puts the results back, with a validity bitmap.

mod layout;
mod output;
mod run;

pub use layout::{Column, Missing, Partition};
pub use output::{pack_bits, OutColumn, OutValues};
pub use run::{run, Task};

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
/// See [`run`].
pub fn compute(
    indicator: &'static Indicator,
    params: &Params,
    inputs: &[&[f64]],
) -> Result<Vec<Computed>, TaError> {
    let rows = inputs.first().map_or(0, |i| i.len());
    let columns: Vec<Column<'_>> = indicator
        .meta
        .semantics
        .input_slots
        .iter()
        .zip(inputs)
        .map(|(slot, values)| Column::new(slot.name, values, None))
        .collect();
    let task = Task {
        indicator,
        params: params.clone(),
        inputs: (0..inputs.len()).collect(),
        partition: None,
        missing: Missing::Skip,
    };
    let mut buffers: Vec<output::Buffer> =
        indicator.meta.outputs.iter().map(|o| output::Buffer::new(o.dtype, rows)).collect();
    let outs = vec![buffers.iter_mut().map(output::Buffer::column).collect()];
    run(&[task], &columns, &[], outs)?;
    Ok(buffers.into_iter().map(output::Buffer::into_computed).collect())
}
