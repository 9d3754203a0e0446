//! Wilder's moving average: [`ema`](super::ema) with Wilder's weights.

use super::ema::{mean, Ema};
use crate::{finite::finite, lockstep::run, threads::Threads};

pub fn compute(period: usize, series: &[f64], out: &mut [f64], threads: &dyn Threads) -> bool {
    let (first, rest) = series.split_at(period);
    run(&Ema::wilder(period), [mean(first)], [rest], out, threads) && finite(first)
}
