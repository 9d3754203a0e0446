//! Wilder's moving average.
//!
//! As [`ema`](super::ema), with Wilder's weights.

use super::ema::{mean, Ema};
use crate::{indicator::Out, lockstep::run, params::Params};

pub fn compute(params: &Params, inputs: &[&[f64]], out: &mut [Out<'_>]) -> Result<(), String> {
    let (period, series, out) = (params.int(0), inputs[0], out[0].f64());
    let (first, rest) = series.split_at(period);
    run(&Ema::wilder(period), [mean(first)], [rest], out);
    Ok(())
}
