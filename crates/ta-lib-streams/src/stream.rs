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

/// The streams of a function of TA-Lib for many series, each of which may be open.
///
/// Rows, parameters and values are slices in the order of the function's registry entry. The numbers
/// of a row are not checked; if one is not finite, the values are as little worth as the batch's.
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

    /// Takes rows of series whose streams are open, one after the other, and writes their values.
    ///
    /// # Errors
    /// The first one: TA-Lib's, and [`RetCode::BadParam`] where a stream is not open or a slice has
    /// another length. All other rows have been taken; a refused row has the values NaN and leaves
    /// its series as it was.
    pub fn run(&mut self, steps: &[Step], rows: &[f64], values: &mut [f64]) -> Result<(), RetCode> {
        self.0.run(steps, rows, values)
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
    /// The lengths of rows and values.
    const INPUTS: usize;
    const OUTPUTS: usize;

    fn open(with: &Opening<'_>, values: &mut [f64]) -> Result<Self, RetCode>;

    fn update_row(&mut self, row: &[f64], values: &mut [f64]) -> Result<(), RetCode>;

    fn peek_row(&self, row: &[f64], values: &mut [f64]) -> Result<(), RetCode>;
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
    fn run(&mut self, steps: &[Step], rows: &[f64], values: &mut [f64]) -> Result<(), RetCode>;
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

    fn run(&mut self, steps: &[Step], rows: &[f64], values: &mut [f64]) -> Result<(), RetCode> {
        let mut result = Ok(());
        let rows = rows.chunks_exact(S::INPUTS);
        let values = values.chunks_exact_mut(S::OUTPUTS);
        for ((step, row), values) in steps.iter().zip(rows).zip(values) {
            let ran = match &mut self[step.series as usize] {
                Some(stream) if step.commits => stream.update_row(row, values),
                Some(stream) => stream.peek_row(row, values),
                None => Err(RetCode::BadParam),
            };
            if ran.is_err() {
                values.fill(f64::NAN);
                result = result.and(ran);
            }
        }
        result
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
                const INPUTS: usize = [$(stringify!($input)),*].len();
                const OUTPUTS: usize = [$(stringify!($output)),*].len();

                fn open(with: &Opening<'_>, values: &mut [f64]) -> Result<Self, RetCode> {
                    let &[$($input),*] = with.columns else { return Err(RetCode::BadParam) };
                    let (values, mut _rest) = (sized(values)?, with.parameters.iter());
                    let (stream, ($($output),*)) =
                        with.core.$open($($input,)* $($parameter(_rest.next())?,)*)?;
                    *values = [$(f64::from($output)),*];
                    Ok(stream)
                }

                fn update_row(&mut self, row: &[f64], values: &mut [f64]) -> Result<(), RetCode> {
                    let &[$($input),*] = row else { return Err(RetCode::BadParam) };
                    let values = sized(values)?;
                    let ($($output),*) = self.update($($input),*)?;
                    *values = [$(f64::from($output)),*];
                    Ok(())
                }

                fn peek_row(&self, row: &[f64], values: &mut [f64]) -> Result<(), RetCode> {
                    let &[$($input),*] = row else { return Err(RetCode::BadParam) };
                    let values = sized(values)?;
                    let ($($output),*) = self.peek($($input),*)?;
                    *values = [$(f64::from($output)),*];
                    Ok(())
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
