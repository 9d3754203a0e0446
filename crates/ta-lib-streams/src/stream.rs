//! TA-Lib's streams behind one trait.

use ta_saved::Saved;

use crate::{abstract_api::FuncId, *};

/// The value of an optional input; a moving-average type is its code.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Parameter {
    /// A whole number.
    Int(i32),
    /// A real number.
    Real(f64),
}

/// A function of TA-Lib row by row: its handle, with inputs, parameters and outputs as slices in the
/// order of the function's registry entry.
///
/// Values are TA-Lib's to the last bit; whole numbers stand as real ones.
pub trait Stream: Saved + Clone + Send + Sync + 'static {
    /// Opens the stream over columns of at least one row more than the lookback, and writes the
    /// values of the last row.
    ///
    /// # Errors
    /// TA-Lib's, and [`RetCode::BadParam`] where a slice has another length than the function needs.
    fn open_rows(
        core: &Core,
        columns: &[&[f64]],
        parameters: &[Parameter],
        values: &mut [f64],
    ) -> Result<Self, RetCode>;

    /// Takes the next row and writes its values.
    ///
    /// # Errors
    /// As [`Stream::open_rows`], and [`RetCode::BadParam`] for a number that is not finite. The
    /// stream is then what it was.
    fn update_row(&mut self, row: &[f64], values: &mut [f64]) -> Result<(), RetCode>;

    /// Writes the values that [`Stream::update_row`] would write, and changes nothing.
    ///
    /// # Errors
    /// As [`Stream::update_row`].
    fn peek_row(&self, row: &[f64], values: &mut [f64]) -> Result<(), RetCode>;
}

/// What to do with the type of a stream.
pub trait Visitor {
    /// The result.
    type Output;

    /// Is called with the stream's type.
    fn visit<S: Stream>(self) -> Self::Output;
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
                fn open_rows(
                    core: &Core,
                    columns: &[&[f64]],
                    parameters: &[Parameter],
                    values: &mut [f64],
                ) -> Result<Self, RetCode> {
                    let &[$($input),*] = columns else { return Err(RetCode::BadParam) };
                    let (values, mut _rest) = (sized(values)?, parameters.iter());
                    let (stream, ($($output),*)) =
                        core.$open($($input,)* $($parameter(_rest.next())?,)*)?;
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

        /// Calls the visitor with the stream of a function.
        pub fn stream_of<V: Visitor>(function: FuncId, visitor: V) -> V::Output {
            match function {
                $(FuncId::$id => visitor.visit::<$stream>(),)*
            }
        }
    };
}

include!(concat!(env!("OUT_DIR"), "/streams.rs"));
