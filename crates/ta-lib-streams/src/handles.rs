//! The streams of each function of TA-Lib: its handles, for many series.

use std::any::Any;

use ta_saved::{Damaged, Reader, Saved};

use crate::{
    abstract_api::FuncId,
    stream::{Opening, Parameter, Step},
    *,
};

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

/// What [`OpenStreams`](crate::OpenStreams) does, for handles of any function.
pub trait Streams: Any + Send + Sync {
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
pub struct Kind {
    /// Makes streams of no series.
    pub make: fn() -> Box<dyn Streams>,
    /// The shape of a state.
    pub shape: u64,
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

        /// How the streams of a function begin.
        pub fn kind(function: FuncId) -> Kind {
            match function {
                $(FuncId::$id => {
                    Kind { make: make::<$stream>, shape: <$stream as Saved>::SHAPE }
                })*
            }
        }
    };
}

include!(concat!(env!("OUT_DIR"), "/streams.rs"));
