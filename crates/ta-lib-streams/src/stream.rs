//! TA-Lib's streams behind one type.

use ta_saved::{Damaged, Reader};

use crate::{
    abstract_api::FuncId,
    handles::{kind, Streams},
    Core, RetCode,
};

/// The value of an optional input; a moving-average type is its code.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Parameter {
    /// A whole number.
    Int(i32),
    /// A real number.
    Real(f64),
}

/// A row that a series takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The number of the series.
    pub series: u32,
    /// Whether the row becomes part of the history; otherwise this is a peek, and changes nothing.
    pub commits: bool,
    /// Whether its values are asked for. What stands in their places otherwise means nothing.
    pub valued: bool,
}

impl Step {
    /// A row that becomes part of the history.
    pub const fn commit(series: u32) -> Self {
        Self { series, commits: true, valued: true }
    }

    /// A row that becomes part of the history, and whose values nobody asks for.
    pub const fn quiet(series: u32) -> Self {
        Self { series, commits: true, valued: false }
    }

    /// A row that is peeked at.
    pub const fn peek(series: u32) -> Self {
        Self { series, commits: false, valued: true }
    }
}

/// Most columns that rows or values have.
pub const MOST: usize = 16;

/// Passes a row and the place for its values on as columns of one value each.
///
/// # Panics
/// If one of them has more than [`MOST`] values.
pub fn as_columns<R>(
    row: &[f64],
    values: &mut [f64],
    run: impl FnOnce(&[&[f64]], &mut [&mut [f64]]) -> R,
) -> R {
    let mut inputs: [&[f64]; MOST] = [&[]; MOST];
    inputs[..row.len()].iter_mut().zip(row.chunks(1)).for_each(|(to, value)| *to = value);
    let mut outputs: [&mut [f64]; MOST] = std::array::from_fn(|_| &mut [][..]);
    let outputs = &mut outputs[..values.len()];
    outputs.iter_mut().zip(values.chunks_mut(1)).for_each(|(to, value)| *to = value);
    run(&inputs[..row.len()], outputs)
}

/// The streams of a function of TA-Lib for many series, each of which may be open.
///
/// Rows and values are columns, parameters a slice, all in the order of the function's registry entry.
/// The numbers of a row are not checked; if one is not finite, the values are those of the batch, which
/// mean nothing.
/// Values are TA-Lib's to the last bit; whole numbers stand as real ones.
pub struct OpenStreams(Box<dyn Streams>);

impl OpenStreams {
    /// No series.
    pub fn new(function: FuncId) -> Self {
        Self((kind(function).make)())
    }

    /// The shape of a function's state, see [`Saved::SHAPE`].
    pub fn shape(function: FuncId) -> u64 {
        kind(function).shape
    }

    /// Adds a series whose stream is not open.
    pub fn add(&mut self) {
        self.0.add();
    }

    /// Closes the stream of a series.
    pub fn close(&mut self, series: usize) {
        self.0.close(series);
    }

    /// Opens the stream of a series over columns of at least one row more than the lookback, and
    /// writes the values of the last row. Keeps it only if `keeps` is set.
    ///
    /// # Errors
    /// TA-Lib's, and [`RetCode::BadParam`] where a slice has another length than the function needs.
    /// The series has not changed then.
    pub fn open(
        &mut self,
        series: usize,
        with: &Opening<'_>,
        values: &mut [f64],
        keeps: bool,
    ) -> Result<(), RetCode> {
        self.0.open(series, with, values, keeps)
    }

    /// Takes rows of series whose streams are open, one after the other, and writes their values. The
    /// columns have a value for each step, or more.
    ///
    /// # Errors
    /// The first one: TA-Lib's, and [`RetCode::BadParam`] where a stream is not open. All other rows
    /// have been taken; a refused row has the values NaN and leaves its series as it was. Also
    /// [`RetCode::BadParam`] if there are not as many columns as the function has, or one is too
    /// short; nothing has changed then.
    pub fn run(
        &mut self,
        steps: &[Step],
        inputs: &[&[f64]],
        outputs: &mut [&mut [f64]],
    ) -> Result<(), RetCode> {
        self.0.run(steps, inputs, outputs)
    }

    /// Gives a series the stream of a series of others, in the memory that is there; false if they
    /// are of another function.
    pub fn copy_from(&mut self, series: usize, other: &Self, from: usize) -> bool {
        self.0.copy(series, &*other.0, from)
    }

    /// The bytes of memory of a series.
    pub fn bytes(&self, series: usize) -> usize {
        self.0.bytes(series)
    }

    /// Appends the state of a stream, if it is open.
    pub fn save(&self, series: usize, to: &mut Vec<u8>) {
        self.0.save(series, to);
    }

    /// Reads the state of a stream, which is then open.
    ///
    /// # Errors
    /// [`Damaged`], if the bytes are not a saved stream. The series has not changed then.
    pub fn load(&mut self, series: usize, from: &mut Reader<'_>) -> Result<(), Damaged> {
        self.0.load(series, from)
    }
}

impl Clone for OpenStreams {
    fn clone(&self) -> Self {
        Self(self.0.fork())
    }
}

/// What a stream is opened with.
pub struct Opening<'a> {
    /// TA-Lib's settings.
    pub core: &'a Core,
    /// The rows, as columns.
    pub columns: &'a [&'a [f64]],
    /// The optional inputs.
    pub parameters: &'a [Parameter],
}
