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

/// The open stream of a function of TA-Lib.
///
/// Rows, parameters and values are slices in the order of the function's registry entry. Values are
/// TA-Lib's to the last bit; whole numbers stand as real ones.
pub struct OpenStream(Box<dyn Stream>);

impl OpenStream {
    /// Opens the stream of a function over columns of at least one row more than its lookback, and
    /// writes the values of the last row.
    ///
    /// # Errors
    /// TA-Lib's, and [`RetCode::BadParam`] where a slice has another length than the function needs.
    pub fn open(
        function: FuncId,
        core: &Core,
        columns: &[&[f64]],
        parameters: &[Parameter],
        values: &mut [f64],
    ) -> Result<Self, RetCode> {
        (kind(function).open)(core, columns, parameters, values).map(Self)
    }

    /// Takes the next row and writes its values.
    ///
    /// # Errors
    /// As [`OpenStream::open`], and [`RetCode::BadParam`] for a number that is not finite. The
    /// stream is then what it was.
    pub fn update(&mut self, row: &[f64], values: &mut [f64]) -> Result<(), RetCode> {
        self.0.update_row(row, values)
    }

    /// Writes the values that [`OpenStream::update`] would write, and changes nothing.
    ///
    /// # Errors
    /// As [`OpenStream::update`].
    pub fn peek(&self, row: &[f64], values: &mut [f64]) -> Result<(), RetCode> {
        self.0.peek_row(row, values)
    }

    /// Becomes a copy of another stream, in the memory of this one if both are of one function.
    pub fn copy_from(&mut self, other: &Self) {
        if !self.0.copy_state(&*other.0) {
            *self = other.clone();
        }
    }

    /// The bytes of memory that it owns.
    pub fn owned(&self) -> usize {
        size_of_val(&*self.0) + self.0.owned_by_state()
    }

    /// Appends the state.
    pub fn save(&self, to: &mut Vec<u8>) {
        self.0.save_state(to);
    }

    /// Reads the state of a stream of a function.
    ///
    /// # Errors
    /// [`Damaged`], if the bytes are none.
    pub fn load(function: FuncId, from: &mut Reader<'_>) -> Result<Self, Damaged> {
        (kind(function).load)(from).map(Self)
    }

    /// The shape of a function's state, see [`Saved::SHAPE`].
    pub fn shape(function: FuncId) -> u64 {
        kind(function).shape
    }
}

impl Clone for OpenStream {
    fn clone(&self) -> Self {
        Self(self.0.fork())
    }
}

/// What the handles of all functions do.
trait Stream: Any + Send + Sync {
    fn update_row(&mut self, row: &[f64], values: &mut [f64]) -> Result<(), RetCode>;

    fn peek_row(&self, row: &[f64], values: &mut [f64]) -> Result<(), RetCode>;

    fn fork(&self) -> Box<dyn Stream>;

    /// Becomes a copy; false if the other is of another function.
    fn copy_state(&mut self, other: &dyn Stream) -> bool;

    fn owned_by_state(&self) -> usize;

    fn save_state(&self, to: &mut Vec<u8>);
}

type Open = fn(&Core, &[&[f64]], &[Parameter], &mut [f64]) -> Result<Box<dyn Stream>, RetCode>;

/// How the stream of a function begins.
struct Kind {
    open: Open,
    load: fn(&mut Reader<'_>) -> Result<Box<dyn Stream>, Damaged>,
    shape: u64,
}

fn load<S: Stream + Saved + 'static>(from: &mut Reader<'_>) -> Result<Box<dyn Stream>, Damaged> {
    Ok(Box::new(S::load(from)?))
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
            impl Stream for $stream {
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

                fn fork(&self) -> Box<dyn Stream> {
                    Box::new(self.clone())
                }

                fn copy_state(&mut self, other: &dyn Stream) -> bool {
                    let other: Option<&Self> = (other as &dyn Any).downcast_ref();
                    other.map(|other| self.copy_from(other)).is_some()
                }

                fn owned_by_state(&self) -> usize {
                    self.owned()
                }

                fn save_state(&self, to: &mut Vec<u8>) {
                    self.save(to);
                }
            }

            #[allow(non_snake_case, unused_parens)]
            fn $open(
                core: &Core,
                columns: &[&[f64]],
                parameters: &[Parameter],
                values: &mut [f64],
            ) -> Result<Box<dyn Stream>, RetCode> {
                let &[$($input),*] = columns else { return Err(RetCode::BadParam) };
                let (values, mut _rest) = (sized(values)?, parameters.iter());
                let (stream, ($($output),*)) =
                    core.$open($($input,)* $($parameter(_rest.next())?,)*)?;
                *values = [$(f64::from($output)),*];
                Ok(Box::new(stream))
            }
        )*

        fn kind(function: FuncId) -> Kind {
            match function {
                $(FuncId::$id => {
                    Kind { open: $open, load: load::<$stream>, shape: <$stream as Saved>::SHAPE }
                })*
            }
        }
    };
}

include!(concat!(env!("OUT_DIR"), "/streams.rs"));
