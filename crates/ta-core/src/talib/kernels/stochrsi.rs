//! Fast stochastic of the relative strength index.
//!
//! As [`stochf`](super::stochf). The index is TA-Lib's.

use super::stochf;
use crate::{indicator::Out, params::Params, talib::parts::rsi};

pub fn compute(params: &Params, inputs: &[&[f64]], out: &mut [Out<'_>]) -> Result<(), String> {
    let period = params.int(0);
    let rsi = rsi(inputs[0], period);
    stochf::compute(&Params::trusted(params.values()[1..].to_vec()), &[&rsi[period..]; 3], out)
}
