//! Indicators row by row, with the values of the batch to the last bit.
//!
//! [`Indicator::step`](crate::Indicator::step) gives a [`Step`] for checked parameters. It knows
//! nothing of missing rows, keys or bars that may still change: the layer above removes missing
//! rows, keeps a step for each key, and holds the newest bar back until the next one comes.

use ta_saved::{Damaged, Reader};

mod recursive;
mod rows;
mod state;
mod window;

pub use recursive::{by_row, ByRow, Recursive};
pub use rows::Rows;
pub use state::State;
pub use window::{Window, WindowStep};

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

/// An indicator at one row of a series of complete rows.
///
/// A row has one number for each input slot, and there is one value for each output. Whole numbers
/// and events stand as real numbers. A value that is not finite is missing; before the end of the
/// warm-up all are NaN.
pub trait Step: Send + Sync {
    /// Takes the next row and writes its values.
    ///
    /// # Errors
    /// A sentence, if the indicator refuses the row. The step is then what it was.
    fn update(&mut self, row: &[f64], values: &mut [f64]) -> Result<(), String>;

    /// Writes the values that [`Step::update`] would write, and changes nothing.
    ///
    /// # Errors
    /// As [`Step::update`].
    fn peek(&self, row: &[f64], values: &mut [f64]) -> Result<(), String>;

    /// An independent copy.
    fn fork(&self) -> Box<dyn Step>;

    /// A number that changes with the names and types of everything in the state. A saved state
    /// can be read only by a step of the same shape.
    fn shape(&self) -> u64;

    /// Appends the state. The parameters are not part of it.
    fn save(&self, to: &mut Vec<u8>);

    /// Replaces the state by a saved one of the same indicator, parameters and shape.
    ///
    /// # Errors
    /// [`Damaged`], if the bytes are not a state of this step, which is then what it was.
    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Damaged>;
}
