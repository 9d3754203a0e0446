//! Indicators row by row, with the values of the batch to the last bit.
//!
//! [`Indicator::bank`](crate::Indicator::bank) gives a [`Bank`] for checked parameters: the
//! indicator over many series. It knows nothing of missing rows, keys or bars that may still change:
//! the layer above removes missing rows, gives each key a series of the bank, and holds the newest
//! bar back until the next one comes.
//!
//! The parameters are in a bank once, and the states of the series stand in one vector. The bank
//! takes rows of series and writes their values, or says what they would be (`run`, and for one row
//! `update` and `peek`). Values of past rows that no other indicator reads are not computed where
//! that saves work. For a series the bank begins anew, takes over the state of another, saves and
//! loads. Every indicator has a bank, unless its parameters make it look ahead. `tests/live`
//! compares them with the batch, and holds the catalog's `incremental`. Banks make a library half
//! as large again, so a host asks for the feature `live`; the catalog does not depend on it.
//!
//! # Kinds of bank
//!
//! - `StreamBank` has the streams of a TA-Lib function. A stream opens over the rows of its
//!   lookback and one more, which `talib/stream.rs` collects. Where the memory is a window, the
//!   batch begins a new piece after 65,536 rows (`Indicator::piece`), so the series opens a new
//!   stream there, over the rows that the piece reads.
//! - [`WindowLive`] computes the window of each row, for a formula over whole columns whose memory
//!   is a window. Such a formula needs no code for it.
//! - [`Recursive`] is a state, and the function from a state and a row to the values of the row.
//!   The batch is a loop over it, unless `batch` says how to do it faster. Formulas out of building
//!   blocks (`compose`) are of this kind.
//!
//! The last two are each a [`Live`], which continues a state with a row, inside [`Keyed`], which
//! holds the states.
//!
//! # Memory
//!
//! A row asks for no memory once the windows are full. A peek at a recursion copies the state into
//! one that all series share, with `copy_from` of `State` and `Saved`, which keeps the vectors that
//! are there; the memory for a window's outputs is shared as well. `tests/live_allocations.rs`
//! counts.
//!
//! # Saved states
//!
//! A saved state is its fields in their order, without names and without the parameters.
//! `Bank::shape` is a number made of all names and types in it; a reader compares it first. Reading
//! checks lengths and never asks for much more memory than there are bytes, but it cannot tell a
//! flipped bit in a number: a snapshot has a checksum for that.

mod bank;
mod keyed;
mod recursive;
mod rows;
mod state;
mod window;

pub use bank::{Bank, Step, MOST};
pub use keyed::{Keyed, Live};
pub use recursive::{by_row, Recursive};
pub use rows::Rows;
pub use state::{Fixed, State};
pub use window::{Window, WindowLive};

/// Refuses another number of columns, and columns that are too short.
///
/// # Errors
/// A sentence.
pub(crate) fn check(
    steps: &[Step],
    (inputs, width): (&[&[f64]], usize),
    (outputs, values): (&[&mut [f64]], usize),
) -> Result<(), String> {
    let fits = |length: usize| length >= steps.len();
    if [inputs.len(), outputs.len()] == [width, values]
        && width.max(values) <= MOST
        && inputs.iter().all(|column| fits(column.len()))
        && outputs.iter().all(|column| fits(column.len()))
    {
        return Ok(());
    }
    Err(format!("a row has {width} numbers and {values} values"))
}
