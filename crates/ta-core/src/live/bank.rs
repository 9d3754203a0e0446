//! The interface of an indicator that goes row by row.

use std::any::Any;

use ta_lib::as_columns;
pub use ta_lib::{Step, MOST};
use ta_saved::{Damaged, Reader};

/// One indicator with its parameters over many series, each with a state of its own.
///
/// A row has one number for each input slot, and there is one value for each output; many rows and
/// their values are columns, at most [`MOST`] of each. Whole numbers
/// and events stand as real numbers. A value that is not finite is missing; before the end of the
/// warm-up all are NaN.
///
/// Series are numbered from 0 in the order in which they are added. All methods that take a number
/// panic if no series has it, as an index does.
pub trait Bank: Any + Send + Sync {
    /// The length of a row.
    fn inputs(&self) -> usize;

    /// The number of values.
    fn outputs(&self) -> usize;

    /// The number of series.
    fn len(&self) -> usize;

    /// Whether there is no series.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds a series before its first row, and gives its number.
    fn add(&mut self) -> usize;

    /// Puts a series back to before its first row.
    fn reset(&mut self, series: usize);

    /// Takes rows, each of a series, one after the other, and writes the values that are asked for.
    /// A row that is peeked at has the values that it would have as the next one. A peek also needs the
    /// bank mutably, because all series share the memory in which it is computed.
    ///
    /// # Errors
    /// A sentence, if there are not as many columns as the rows have, or not as many rows in one as
    /// there are steps; nothing has changed then. Or why the indicator refuses a row, the first one:
    /// all others have been taken, and the refused row has the values NaN and leaves its series as it
    /// was. Whether the numbers are finite is not checked: the caller leaves out other rows, because
    /// the values after one mean nothing.
    fn run(
        &mut self,
        steps: &[Step],
        inputs: &[&[f64]],
        outputs: &mut [&mut [f64]],
    ) -> Result<(), String>;

    /// Takes the next row of a series and writes its values.
    ///
    /// # Errors
    /// As [`Bank::run`], and a sentence if a number is not finite.
    fn update(&mut self, series: usize, row: &[f64], values: &mut [f64]) -> Result<(), String> {
        self.run_row(Step::commit(series as u32), row, values)
    }

    /// Writes the values that [`Bank::update`] would write. The series stays what it is.
    ///
    /// # Errors
    /// As [`Bank::update`].
    fn peek(&mut self, series: usize, row: &[f64], values: &mut [f64]) -> Result<(), String> {
        self.run_row(Step::peek(series as u32), row, values)
    }

    /// Takes a row, or peeks at it.
    ///
    /// # Errors
    /// As [`Bank::update`].
    fn run_row(&mut self, step: Step, row: &[f64], values: &mut [f64]) -> Result<(), String> {
        if row.len() != self.inputs() || !crate::finite(row) {
            return Err(format!("a row needs {} finite numbers", self.inputs()));
        }
        if values.len() != self.outputs() {
            return Err(format!("a row has {} values", self.outputs()));
        }
        as_columns(row, values, |inputs, outputs| self.run(&[step], inputs, outputs))
    }

    /// Gives a series the state that a series of another bank has.
    ///
    /// # Errors
    /// A sentence, if the other bank is of another indicator or has other parameters. Nothing
    /// has changed then.
    fn copy_from(&mut self, series: usize, other: &dyn Bank, from: usize) -> Result<(), String>;

    /// An independent copy of all series.
    fn fork(&self) -> Box<dyn Bank>;

    /// A number that changes with the names and types of everything in the state of a series. A
    /// saved state can be read only by a bank of the same shape.
    fn shape(&self) -> u64;

    /// Appends the state of a series. The parameters are not part of it.
    fn save(&self, series: usize, to: &mut Vec<u8>);

    /// Replaces the state of a series by a saved one of the same indicator, parameters and shape.
    ///
    /// # Errors
    /// [`Damaged`], if the bytes are not such a state. Nothing has changed then.
    fn load(&mut self, series: usize, from: &mut Reader<'_>) -> Result<(), Damaged>;

    /// The bytes of memory that the state of a series takes.
    fn bytes(&self, series: usize) -> usize;
}
