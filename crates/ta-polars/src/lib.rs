//! The indicators as an expression plugin of polars.
//!
//! Polars loads this library, passes the input columns of an expression as Arrow arrays and takes
//! the result as one. One function computes, and one names and types the result. Both read the
//! same request: the `kwargs` of the expression are the pickle of `{"request": "<JSON>"}`, where the
//! JSON has the fields of [`call::Written`].
//!
//! Only [`abi`] knows pointers. This library contains no crate of polars.
#![deny(unsafe_code)]

#[allow(unsafe_code)]
pub mod abi;
pub mod call;
mod columns;
mod dtypes;
mod made;
mod pickle;
mod questions;

/// Runs `work` and turns a panic into an error, so that the process goes on.
fn guard<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    ta_engine::caught(work).unwrap_or_else(Err)
}
