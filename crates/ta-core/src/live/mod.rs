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

pub use bank::{Bank, Step};
pub use keyed::{Keyed, Live};
pub use recursive::{by_row, Recursive};
pub use rows::Rows;
pub use state::{Fixed, State};
pub use window::{Window, WindowLive};

/// Refuses rows and places for values of other lengths, and numbers that are not finite.
///
/// # Errors
/// A sentence.
pub(crate) fn check(
    steps: &[Step],
    (rows, inputs): (&[f64], usize),
    (values, outputs): (&[f64], usize),
) -> Result<(), String> {
    if rows.len() != steps.len() * inputs || !crate::finite(rows) {
        return Err(format!("a row needs {inputs} finite numbers"));
    }
    if values.len() == steps.len() * outputs {
        return Ok(());
    }
    Err(format!("a row has {outputs} values"))
}
