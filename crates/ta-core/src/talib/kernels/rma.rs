//! Wilder's moving average.
//!
//! As [`ema`](super::ema), with Wilder's weights.

use super::ema::{mean, Ema};
use crate::{finite::finite, lockstep::run, params::Params};

pub fn compute(params: &Params, series: &[f64], out: &mut [f64]) -> bool {
    let period = params.int(0);
    let (first, rest) = series.split_at(period);
    run(&Ema::wilder(period), [mean(first)], [rest], out) && finite(first)
}
