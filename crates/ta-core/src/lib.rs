//! Technical indicators: one catalog, and the kernels behind it, on plain slices.
//!
//! Nothing here knows of Arrow, polars or Node. Bindings ask the [`catalog`] what
//! exists, turn a caller's arguments into [`Params`] with [`resolve`], and hand
//! columns to the [`engine`], which deals with groups and missing rows and calls
//! the kernels.
//!
//! ```
//! use serde_json::json;
//! use ta_core::{find_indicator_meta, indicator_catalog};
//!
//! assert!(indicator_catalog().len() > 200);
//! assert_eq!(find_indicator_meta("williams_r").unwrap().id, "willr");
//!
//! let rsi = ta_core::find_indicator("rsi").unwrap();
//! let params = ta_core::resolve(rsi, json!({ "period": 3 }).as_object().unwrap(), Default::default())?;
//! let close = [1.0, 2.0, 3.0, 2.0, 4.0];
//! let out = ta_core::compute(rsi, &params, &[&close])?;
//! assert!((out[0].as_f64().unwrap()[3].unwrap() - 200.0 / 3.0).abs() < 1e-9);
//! # Ok::<(), ta_core::TaError>(())
//! ```
#![forbid(unsafe_code)]

pub mod catalog;
pub mod contract;
pub mod engine;
mod error;
mod finite;
pub mod governance;
mod indicator;
mod indicators;
mod kernel;
mod lockstep;
pub mod meta;
mod moments;
mod names;
mod native;
mod params;
mod pieces;
mod resolve;
mod share;
mod stability;
mod talib;
mod windows;

pub use catalog::{find_indicator, find_indicator_meta, indicator_catalog, indicators};
pub use engine::compute;
pub use error::TaError;
pub use indicator::{Indicator, Kernel, Out};
pub use meta::IndicatorMeta;
pub use names::{hint, NameStyle};
pub use params::{column_name, ParamValue, Params};
pub use resolve::{refuse_lookahead, resolve, resolve_for};
pub use stability::{stable_after, STABLE_TO};
