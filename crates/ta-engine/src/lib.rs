//! The engine between a host and the kernels.
//!
//! A host supplies columns, the groups of their rows and a [`Plan`]. A kernel takes the complete
//! rows of one group, in order. The engine finds these rows and gathers them, unless a column
//! already has the right order. It runs the kernels on all threads and writes the results to their
//! rows, with a validity bitmap.
//!
//! This crate depends neither on Arrow nor on polars or Node.
//!
//! ```
//! use serde_json::json;
//!
//! let rsi = ta_core::find_indicator("rsi").unwrap();
//! let params = ta_core::resolve(rsi, json!({ "period": 3 }).as_object().unwrap(), Default::default())?;
//! let close = [1.0, 2.0, 3.0, 2.0, 4.0];
//! let out = ta_engine::compute(rsi, &params, &[&close])?;
//! assert!((out[0].as_f64().unwrap()[3].unwrap() - 200.0 / 3.0).abs() < 1e-9);
//! # Ok::<(), ta_core::TaError>(())
//! ```
#![forbid(unsafe_code)]

mod direct;
mod finite;
mod group;
mod layout;
mod output;
mod panics;
mod partition;
mod pieces;
mod plan;
mod request;
mod run;
mod share;
mod stability;

pub use direct::Direct;
pub use layout::{Column, Values};
pub use output::{pack_bits, Field, OutColumn, OutValues};
pub use panics::{caught, panicked};
pub use partition::Partition;
pub use plan::{Plan, Round};
pub use request::{Call, Request, RequestOutput};
pub use run::{Frame, Task};
pub use share::{map_all, set_up, Caller, MIN_PARALLEL_ROWS};
pub use stability::{stable_after, STABLE_TOLERANCE};

use ta_core::{Computed, Indicator, Missing, Params, TaError};

/// Computes one indicator over plain slices as one group and skips rows in which an input is not
/// a finite number. For tests, examples and small jobs.
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
