//! TA-Lib's streams behind one type.

use std::any::Any;

use ta_saved::{Damaged, Reader, Saved};

use crate::{abstract_api::FuncId, *};

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
    /// Whether the row becomes part of the history; otherwise its values are only looked at.
    pub commits: bool,
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
/// The numbers of a row are not checked; if one is not finite, the values are as little worth as the batch's.
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
    /// The series is then what it was.
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
    /// [`Damaged`], if the bytes are none. The series is then what it was.
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

/// The handle of a function.
trait Handle: Saved + Send + Sync + 'static {
    fn open(with: &Opening<'_>, values: &mut [f64]) -> Result<Self, RetCode>;

    fn run(
        streams: &mut [Option<Self>],
        steps: &[Step],
        inputs: &[&[f64]],
        outputs: &mut [&mut [f64]],
    ) -> Result<(), RetCode>;
}

/// What [`OpenStreams`] does, for handles of any function.
trait Streams: Any + Send + Sync {
    fn add(&mut self);
    fn close(&mut self, series: usize);
    fn open(
        &mut self,
        series: usize,
        with: &Opening<'_>,
        values: &mut [f64],
        keeps: bool,
    ) -> Result<(), RetCode>;
    fn run(
        &mut self,
        steps: &[Step],
        inputs: &[&[f64]],
        outputs: &mut [&mut [f64]],
    ) -> Result<(), RetCode>;
    fn copy(&mut self, series: usize, other: &dyn Streams, from: usize) -> bool;
    fn fork(&self) -> Box<dyn Streams>;
    fn bytes(&self, series: usize) -> usize;
    fn save(&self, series: usize, to: &mut Vec<u8>);
    fn load(&mut self, series: usize, from: &mut Reader<'_>) -> Result<(), Damaged>;
}

impl<S: Handle> Streams for Vec<Option<S>> {
    fn add(&mut self) {
        self.push(None);
    }

    fn close(&mut self, series: usize) {
        self[series] = None;
    }

    fn open(
        &mut self,
        series: usize,
        with: &Opening<'_>,
        values: &mut [f64],
        keeps: bool,
    ) -> Result<(), RetCode> {
        let opened = S::open(with, values)?;
        if keeps {
            self[series] = Some(opened);
        }
        Ok(())
    }

    fn run(
        &mut self,
        steps: &[Step],
        inputs: &[&[f64]],
        outputs: &mut [&mut [f64]],
    ) -> Result<(), RetCode> {
        S::run(self, steps, inputs, outputs)
    }

    fn copy(&mut self, series: usize, other: &dyn Streams, from: usize) -> bool {
        let other: Option<&Self> = (other as &dyn Any).downcast_ref();
        other.map(|other| self[series].copy_from(&other[from])).is_some()
    }

    fn fork(&self) -> Box<dyn Streams> {
        Box::new(self.clone())
    }

    fn bytes(&self, series: usize) -> usize {
        size_of::<Option<S>>() + self[series].owned()
    }

    fn save(&self, series: usize, to: &mut Vec<u8>) {
        if let Some(stream) = &self[series] {
            stream.save(to);
        }
    }

    fn load(&mut self, series: usize, from: &mut Reader<'_>) -> Result<(), Damaged> {
        self[series] = Some(S::load(from)?);
        Ok(())
    }
}

/// How the streams of a function begin.
struct Kind {
    make: fn() -> Box<dyn Streams>,
    shape: u64,
}

fn make<S: Handle>() -> Box<dyn Streams> {
    Box::new(Vec::<Option<S>>::new())
}

fn int(parameter: Option<&Parameter>) -> Result<i32, RetCode> {
    match parameter {
        Some(Parameter::Int(value)) => Ok(*value),
        _ => Err(RetCode::BadParam),
    }
}

fn real(parameter: Option<&Parameter>) -> Result<f64, RetCode> {
    match parameter {
        Some(Parameter::Real(value)) => Ok(*value),
        _ => Err(RetCode::BadParam),
    }
}

fn ma_type(parameter: Option<&Parameter>) -> Result<MAType, RetCode> {
    int(parameter).and_then(MAType::try_from)
}

fn sized<const N: usize>(values: &mut [f64]) -> Result<&mut [f64; N], RetCode> {
    values.try_into().map_err(|_| RetCode::BadParam)
}

/// The implementations, from a table of functions, their openings and streams, the names of their
/// inputs, the types of their parameters, and names for their outputs.
macro_rules! streams {
    ($($id:ident $open:ident $stream:ident
        [$($input:ident)*] [$($parameter:ident)*] [$($output:ident)*];)*) => {
        $(
            #[allow(non_snake_case, unused_parens)]
            impl Handle for $stream {
                fn open(with: &Opening<'_>, values: &mut [f64]) -> Result<Self, RetCode> {
                    let &[$($input),*] = with.columns else { return Err(RetCode::BadParam) };
                    let (values, mut _rest) = (sized(values)?, with.parameters.iter());
                    let (stream, ($($output),*)) =
                        with.core.$open($($input,)* $($parameter(_rest.next())?,)*)?;
                    *values = [$(f64::from($output)),*];
                    Ok(stream)
                }

                fn run(
                    streams: &mut [Option<Self>],
                    steps: &[Step],
                    inputs: &[&[f64]],
                    outputs: &mut [&mut [f64]],
                ) -> Result<(), RetCode> {
                    let rows = steps.len();
                    let &[$($input),*] = inputs else { return Err(RetCode::BadParam) };
                    $(let $input = $input.get(..rows).ok_or(RetCode::BadParam)?;)*
                    let [$($output),*] = outputs else { return Err(RetCode::BadParam) };
                    let mut outputs =
                        [$($output.get_mut(..rows).ok_or(RetCode::BadParam)?),*];
                    let mut result = Ok(());
                    for (row, step) in steps.iter().enumerate() {
                        let found = match &mut streams[step.series as usize] {
                            Some(stream) if step.commits => stream.update($($input[row]),*),
                            Some(stream) => stream.peek($($input[row]),*),
                            None => Err(RetCode::BadParam),
                        };
                        let values = match found {
                            Ok(($($output),*)) => [$(f64::from($output)),*],
                            Err(code) => {
                                result = result.and(Err(code));
                                outputs.each_ref().map(|_| f64::NAN)
                            }
                        };
                        for (column, value) in outputs.iter_mut().zip(values) {
                            column[row] = value;
                        }
                    }
                    result
                }
            }
        )*

        fn kind(function: FuncId) -> Kind {
            match function {
                $(FuncId::$id => {
                    Kind { make: make::<$stream>, shape: <$stream as Saved>::SHAPE }
                })*
            }
        }
    };
}

include!(concat!(env!("OUT_DIR"), "/streams.rs"));
