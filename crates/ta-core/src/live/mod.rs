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
