//! TA-Lib functions as building blocks of native kernels.
//!
//! Each function takes whole columns and returns whole columns, with NaN in rows without a value.
//! If an input starts with NaN, such as the warm-up of another function, the warm-up starts after
//! them.

use std::sync::Arc;

use ta_lib::abstract_api::{FuncId, OutputType};
use ta_saved::{shape, Damaged, Reader};

use super::{
    stream::{StreamLive, StreamState},
    TaLib,
};
use crate::{
    finite,
    kernel::{Kernel, Out},
    live::{Live, State},
    params::{
        ParamValue::{self, Float, Int},
        Params,
    },
    threads::Serial,
};

/// Calls a TA-Lib function and returns one column for each of its outputs.
///
/// # Panics
/// If TA-Lib refuses the parameters. Then the calling formula allows values that it must refuse.
pub fn call(id: FuncId, params: Vec<ParamValue>, inputs: &[&[f64]]) -> Vec<Vec<f64>> {
    let kernel = TaLib::of(id);
    let params = Params::trusted(params);
    let rows = inputs[0].len();
    let lead = (0..rows).find(|&r| inputs.iter().all(|i| i[r].is_finite())).unwrap_or(rows);
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

fn first(mut columns: Vec<Vec<f64>>) -> Vec<f64> {
    columns.swap_remove(0)
}

/// A function row by row, as part of the state of a native indicator. It does what [`call`] does:
/// rows without finite inputs before the first complete one only move the warm-up.
#[derive(Clone)]
pub struct Part {
    /// None for a window of one row, which is the series itself. All series share the function.
    stream: Option<(Arc<StreamLive>, StreamState)>,
}

impl Part {
    /// A function before its first row.
    ///
    /// # Panics
    /// As [`call`].
    pub fn new(id: FuncId, params: Vec<ParamValue>) -> Self {
        // A building block is computed over the whole series, not in pieces.
        let live = TaLib::of(id).stream(&Params::trusted(params), None);
        let live = Arc::new(live.unwrap_or_else(|| panic!("TA-Lib refuses parameters of {id:?}")));
        let state = live.start();
        Self { stream: Some((live, state)) }
    }

    /// Takes a row, and gives the value of a function with one output; NaN where there is none.
    pub fn next<const N: usize>(&mut self, row: [f64; N]) -> f64 {
        let [value] = self.values(row);
        value
    }

    /// Takes a row, and gives the values of all outputs; NaN where there is none.
    pub fn values<const N: usize, const K: usize>(&mut self, row: [f64; N]) -> [f64; K] {
        let Some((live, state)) = &mut self.stream else { return [row[0]; K] };
        let mut values = [f64::NAN; K];
        if !finite(&row) || live.update(state, &mut (), &row, &mut values).is_err() {
            values.fill(f64::NAN);
        }
        values
    }
}

impl State for Part {
    fn shape(&self) -> u64 {
        let stream = self.stream.as_ref().map_or(0, |(live, state)| live.shape(state));
        shape("Part", &[("stream", stream)])
    }

    fn save(&self, to: &mut Vec<u8>) {
        if let Some((live, state)) = &self.stream {
            live.save(state, to);
        }
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Damaged> {
        self.stream.as_mut().map_or(Ok(()), |(live, state)| live.load(state, from))
    }

    fn copy_from(&mut self, other: &Self) {
        match (&mut self.stream, &other.stream) {
            (Some((live, state)), Some((_, other))) => live.copy(state, other),
            (stream, other) => *stream = other.clone(),
        }
    }

    fn owned(&self) -> usize {
        self.stream.as_ref().map_or(0, |(live, state)| live.owned(state))
    }
}

macro_rules! windows {
    ($($(#[$doc:meta])* $name:ident = $id:ident;)*) => {$(
        $(#[$doc])*
        /// A window of one row is the series itself.
        pub fn $name(series: &[f64], period: usize) -> Vec<f64> {
            // Some of TA-Lib's functions refuse a period of 1.
            if period == 1 {
                return series.to_vec();
            }
            first(call(FuncId::$id, vec![Int(period as i64)], &[series]))
        }
    )*

    /// The same functions row by row.
    pub mod row {
        use super::*;

        $(
            $(#[$doc])*
            /// A window of one row is the series itself.
            pub fn $name(period: usize) -> Part {
                if period == 1 {
                    return Part { stream: None };
                }
                Part::new(FuncId::$id, vec![Int(period as i64)])
            }
        )*

        /// Relative strength index, from a period of 2 on.
        pub fn rsi(period: usize) -> Part {
            Part::new(FuncId::RSI, vec![Int(period as i64)])
        }

        /// Population standard deviation of the window, from a period of 2 on.
        pub fn stddev(period: usize) -> Part {
            Part::new(FuncId::STDDEV, vec![Int(period as i64), Float(1.0)])
        }

        /// Average true range, of rows of high, low and close.
        pub fn atr(period: usize) -> Part {
            Part::new(FuncId::ATR, vec![Int(period as i64)])
        }

        /// True range, of rows of high, low and close; NaN on the first row.
        pub fn true_range() -> Part {
            Part::new(FuncId::TRANGE, vec![])
        }
    }
    };
}

windows! {
    /// Simple moving average.
    sma = SMA;
    /// Exponential moving average, seeded with the simple one.
    ema = EMA;
    /// Wilder's moving average, seeded with the simple one.
    rma = RMA;
    /// Highest value of the window.
    highest = MAX;
    /// Lowest value of the window.
    lowest = MIN;
    /// Sum of the window.
    sum = SUM;
    /// End of the least-squares line through the window.
    linear_regression = LINEARREG;
}

/// Relative strength index, for periods of at least 2.
pub fn rsi(series: &[f64], period: usize) -> Vec<f64> {
    first(call(FuncId::RSI, vec![Int(period as i64)], &[series]))
}

/// Population standard deviation of the window, for periods of at least 2.
pub fn stddev(series: &[f64], period: usize) -> Vec<f64> {
    first(call(FuncId::STDDEV, vec![Int(period as i64), Float(1.0)], &[series]))
}

/// Average true range.
pub fn atr(high: &[f64], low: &[f64], close: &[f64], period: usize) -> Vec<f64> {
    first(call(FuncId::ATR, vec![Int(period as i64)], &[high, low, close]))
}

/// True range; NaN on the first row.
pub fn true_range(high: &[f64], low: &[f64], close: &[f64]) -> Vec<f64> {
    first(call(FuncId::TRANGE, vec![], &[high, low, close]))
}

/// Computes a column row by row from other columns.
pub fn map<const N: usize>(columns: [&[f64]; N], f: impl Fn([f64; N]) -> f64) -> Vec<f64> {
    (0..columns[0].len()).map(|row| f(columns.map(|c| c[row]))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_warm_up_starts_after_leading_gaps() {
        let series = [f64::NAN, 1.0, 2.0, 3.0, 4.0];
        let mean = sma(&series, 2);
        assert!(mean[..2].iter().all(|v| v.is_nan()));
        assert_eq!(mean[2..], [1.5, 2.5, 3.5]);
        assert!(sma(&series, 20).iter().all(|v| v.is_nan()));
    }
}
