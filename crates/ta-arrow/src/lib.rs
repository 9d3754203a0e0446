//! The exchange of columns with a dataframe library, as Arrow IPC files or as borrowed buffers.
//!
//! The library writes columns into a [`ta_memory::Region`], and [`Input`] reads the buffers in
//! place. [`Borrowed`] is a column whose buffers the caller passes without a file, and
//! [`first_rows`] finds the groups of equal keys in such columns. [`Output`] lays out an Arrow file
//! in memory of the caller, and the kernels write to its buffers, so that results are not copied.
//! [`Evaluation`] does all of this for a plan.
//! No other crate names arrow2.

mod columns;
mod evaluation;
mod input;
mod keys;
mod output;
mod storage;

pub use columns::{Borrowed, Piece};
pub use evaluation::{Evaluation, Ran};
pub use input::Input;
pub use keys::first_rows;
pub use output::{Layout, Output, Place};
pub use storage::Storage;

use ta_core::meta::SlotKind;
use thiserror::Error;

/// The types that an input takes, for [`ExchangeError::DType`].
pub fn wanted(kind: SlotKind) -> &'static str {
    match kind {
        SlotKind::Number => "indicators take numeric columns",
        SlotKind::Key => "a key takes a Boolean, whole-number, date or time column",
    }
}

/// Why an exchange failed.
#[derive(Debug, Error)]
pub enum ExchangeError {
    /// The operating system refused memory or a file.
    #[error(transparent)]
    Memory(#[from] ta_memory::MemoryError),
    /// The file is not a readable Arrow file.
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
