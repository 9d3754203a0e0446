//! The exchange of columns with a dataframe library, as Arrow IPC files or as borrowed buffers.
//!
//! The library writes columns into a [`ta_memory::Region`], and [`Input`] reads the buffers in
//! place. [`Borrowed`] is a column whose buffers the caller passes without a file, and
//! [`first_rows`] finds the groups of equal keys in such columns. [`Output`] lays out an Arrow file
//! in memory of the caller, and the kernels write to its buffers, so that results are not copied.
//! [`Planned`] does this for a plan over borrowed columns, [`Evaluation`] in rounds, from files.
//! No other crate names arrow2. WebAssembly has no files: there all columns are borrowed, and
//! results are their buffers alone.

mod columns;
#[cfg(not(target_arch = "wasm32"))]
mod evaluation;
#[cfg_attr(target_arch = "wasm32", path = "bare.rs")]
mod framing;
#[cfg(not(target_arch = "wasm32"))]
mod input;
mod keys;
mod output;
mod planned;
mod storage;

pub use columns::{Borrowed, Piece};
pub use keys::first_rows;
pub use output::{Layout, Output, Place};
pub use planned::{Planned, Ran};
pub use storage::Storage;
#[cfg(not(target_arch = "wasm32"))]
pub use {evaluation::Evaluation, input::Input};

use ta_core::meta::SlotKind;
use thiserror::Error;

/// The types that an input takes, for [`ExchangeError::DType`]. Exchanges have prices as text, so
/// that no digit is lost.
pub fn wanted(kind: SlotKind, dtype: &str) -> &'static str {
    match kind {
        SlotKind::Number if dtype == "String" => {
            "indicators take numeric columns; a text of numbers is cast with .cast(pl.Float64)"
        }
        SlotKind::Number => "indicators take numeric columns",
        SlotKind::Key => "a key takes a Boolean, whole-number, date or time column",
    }
}

/// Why an exchange failed.
#[derive(Debug, Error)]
pub enum ExchangeError {
    /// The operating system refused memory or a file.
    #[cfg(not(target_arch = "wasm32"))]
    #[error(transparent)]
    Memory(#[from] ta_memory::MemoryError),
    /// The file is not a readable Arrow file.
    #[cfg(not(target_arch = "wasm32"))]
    #[error("cannot read the exchanged data: {0}")]
    Arrow(#[from] arrow2::error::Error),
    /// A column's type is not accepted.
    #[error("column \"{column}\" has dtype {dtype}; {wanted}")]
    DType {
        /// The column, as the caller named it.
        column: String,
        /// Its type, as polars writes it.
        dtype: String,
        /// Which types are accepted.
        wanted: &'static str,
    },
    /// A borrowed buffer is too short for its rows.
    #[error(
        "column \"{column}\" has a buffer of {has} bytes where its rows need {wanted}; \
         was it transferred elsewhere?"
    )]
    Short {
        /// The column, as the caller named it.
        column: String,
        /// Bytes of the buffer.
        has: usize,
        /// Bytes that its rows need.
        wanted: usize,
    },
    /// An offset or an index in a column is out of range.
    #[error("column \"{column}\" points outside of its text or dictionary")]
    Outside {
        /// The column, as the caller named it.
        column: String,
    },
    /// The exchanged data does not have the expected shape.
    #[error("the exchanged data {0}")]
    Shape(String),
}
