//! Wilder's moving average.
//!
//! As [`ema`](super::ema), with Wilder's weights.

use super::ema::{mean, Ema};
use crate::{finite::finite, lockstep::run, params::Params, threads::Threads};

pub fn compute(params: &Params, series: &[f64], out: &mut [f64], threads: &dyn Threads) -> bool {
    let period = params.int(0);
    let (first, rest) = series.split_at(period);
    run(&Ema::wilder(period), [mean(first)], [rest], out, threads) && finite(first)
}
