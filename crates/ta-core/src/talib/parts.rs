//! TA-Lib functions as parts of native indicators, over whole columns and row by row.

use std::sync::Arc;

use ta_lib::{
    abstract_api::{FuncId, OutputType},
    OpenStreams,
};
use ta_saved::{shape, Damaged, Reader};

use super::{
    stream::{copy, Function, Progress},
    TaLib,
};
use crate::{
    kernel::{Kernel, Out},
    live::{State, Step},
    params::{ParamValue, Params},
    threads::Serial,
};

/// Calls a TA-Lib function and returns one column for each of its outputs, with NaN in rows without
/// a value. If an input starts with NaN, such as the warm-up of another function, the warm-up starts
/// after them. A value that overflowed is taken as it is, as TA-Lib's own streams take it.
///
/// # Panics
/// If TA-Lib refuses the parameters. Then the calling formula allows values that it must refuse.
pub fn call(id: FuncId, params: Vec<ParamValue>, inputs: &[&[f64]]) -> Vec<Vec<f64>> {
    let kernel = TaLib::of(id);
    let params = Params::trusted(params);
    let rows = inputs[0].len();
    let lead = (0..rows).find(|&r| !inputs.iter().any(|i| i[r].is_nan())).unwrap_or(rows);
    let tail: Vec<&[f64]> = inputs.iter().map(|i| &i[lead..]).collect();
    let lookback = kernel.lookback(&params);
    assert!(lookback < usize::MAX, "TA-Lib refuses {params:?} for {}", kernel.info.name);
    let mut columns = vec![vec![f64::NAN; rows]; kernel.info.outputs.len()];
    if rows - lead <= lookback {
        return columns;
    }
    let mut whole = vec![vec![0i32; rows - lead]; kernel.info.outputs.len()];
    let mut outs: Vec<Out<'_>> = columns
        .iter_mut()
        .zip(&mut whole)
        .zip(kernel.info.outputs)
        .map(|((real, int), output)| match output.kind {
            OutputType::Real => Out::F64(&mut real[lead..]),
            OutputType::Integer => Out::I32(int),
        })
        .collect();
    let done = kernel.compute(&params, &tail, &mut outs, &Serial);
    assert!(done.is_ok(), "TA-Lib refuses {params:?} for {}: {done:?}", kernel.info.name);
    for ((column, int), output) in columns.iter_mut().zip(&whole).zip(kernel.info.outputs) {
        if output.kind == OutputType::Integer {
            for row in lookback..int.len() {
                column[lead + row] = f64::from(int[row]);
            }
        }
    }
    columns
}

/// A function row by row, as part of the state of a native indicator. It does what [`call`] does:
/// rows with NaN before the first complete one only move the warm-up.
#[derive(Clone)]
pub struct Part {
    /// All series share the function.
    function: Arc<Function>,
    progress: Progress,
    /// Of one series.
    streams: OpenStreams,
}

/// The next row of the only series.
const NEXT: Step = Step::commit(0);

impl Part {
    /// A function before its first row.
    ///
    /// # Panics
    /// As [`call`].
    pub fn new(id: FuncId, params: Vec<ParamValue>) -> Self {
        // A building block is computed over the whole series, not in pieces.
        let function = TaLib::of(id).stream(&Params::trusted(params), None);
        let function = function.unwrap_or_else(|| panic!("TA-Lib refuses parameters of {id:?}"));
        let (progress, mut streams) = (function.start(), function.streams());
        streams.add();
        Self { function: Arc::new(function), progress, streams }
    }

    /// Takes a row, and gives the value of a function with one output; NaN where there is none.
    pub fn next<const N: usize>(&mut self, row: [f64; N]) -> f64 {
        let Self { function, progress, streams } = self;
        let mut value = [f64::NAN];
        let waits = progress.is_first() && row.iter().any(|value| value.is_nan());
        if waits || function.take(progress, streams, NEXT, &row, &mut value).is_err() {
            return f64::NAN;
        }
        value[0]
    }
}

impl State for Part {
    fn shape(&self) -> u64 {
        shape("Part", &[("stream", self.function.shape())])
    }

    fn save(&self, to: &mut Vec<u8>) {
        self.function.save(&self.progress, &self.streams, 0, to);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Damaged> {
        self.function.load(&mut self.progress, &mut self.streams, 0, from)
    }

    fn copy_from(&mut self, other: &Self) {
        copy(&mut self.progress, &other.progress);
        self.streams.copy_from(0, &other.streams, 0);
    }

    fn owned(&self) -> usize {
        self.progress.bytes() - size_of::<Progress>() + self.streams.bytes(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::ParamValue::Int;

    #[test]
    fn the_warm_up_starts_after_leading_gaps() {
        let series = [f64::NAN, 1.0, 2.0, 3.0, 4.0];
        let sma = |period| call(FuncId::SMA, vec![Int(period)], &[&series]).swap_remove(0);
        let mean = sma(2);
        assert!(mean[..2].iter().all(|v| v.is_nan()));
        assert_eq!(mean[2..], [1.5, 2.5, 3.5]);
        assert!(sma(20).iter().all(|v| v.is_nan()));
    }
}
