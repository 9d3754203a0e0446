//! Indicators row by row, with the values of the batch to the last bit.
//!
//! [`Indicator::bank`](crate::Indicator::bank) gives a [`Bank`] for checked parameters: the
//! indicator over many series. It knows nothing of missing rows, keys or bars that may still change:
//! the layer above removes missing rows, gives each key a series of the bank, and holds the newest
//! bar back until the next one comes.

mod bank;
mod keyed;
mod recursive;
mod rows;
mod state;
mod window;

pub use bank::Bank;
pub use keyed::{Keyed, Live};
pub use recursive::{by_row, Recursive};
pub use rows::Rows;
pub use state::{Fixed, State};
pub use window::{Window, WindowLive};

/// Refuses a row that does not have a finite number for each of so many inputs.
///
/// # Errors
/// A sentence.
pub fn check(row: &[f64], inputs: usize) -> Result<(), String> {
    if row.len() == inputs && crate::finite(row) {
        return Ok(());
    }
    Err(format!("a row needs {inputs} finite numbers"))
}
