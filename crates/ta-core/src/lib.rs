//! Technical indicators: the catalog, and the kernels that compute it over plain slices.
//!
//! The [`catalog`] lists the indicators, [`resolve`] turns a caller's arguments into [`Params`],
//! and a [`Kernel`] computes the complete rows of one group, or takes them one by one ([`live`]).
//! `ta-engine` is the layer between kernels and a host. This crate depends neither on Arrow nor on
//! polars or Node, and starts no threads.
//!
//! ```
//! use ta_core::{find_indicator_meta, indicator_catalog};
//!
//! assert!(indicator_catalog().len() > 200);
//! assert_eq!(find_indicator_meta("williams_r").unwrap().id, "willr");
//! ```
#![forbid(unsafe_code)]

pub mod catalog;
mod columns;
mod compose;
mod compute;
pub mod contract;
mod error;
mod finite;
mod fit;
mod formula;
pub mod governance;
mod held;
mod high_pass;
mod indicator;
mod indicators;
mod kernel;
pub mod labels;
mod legs;
pub mod live;
mod lockstep;
pub mod meta;
mod missing;
mod moments;
mod names;
mod native;
pub mod options;
mod pairs;
mod params;
mod prelude;
mod profile;
pub mod random;
mod resolve;
mod super_smoother;
mod swings;
mod talib;
#[cfg(test)]
mod testing;
pub mod threads;
mod weighted;
mod windows;

pub use catalog::{find_indicator, find_indicator_meta, indicator_catalog, indicators};
pub use compute::compute_complete;
pub use error::TaError;
pub use finite::finite;
pub use indicator::Indicator;
pub use kernel::{Computed, ExecutionHints, Finite, Kernel, Out, Piece};
pub use meta::IndicatorMeta;
pub use missing::Missing;
pub use names::{excerpt, hint, NameStyle};
pub use params::{column_name, ParamValue, Params};
pub use resolve::{refuse_lookahead, resolve, resolve_for};
