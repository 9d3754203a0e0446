//! Slow stochastic: the fast one averaged twice.
//!
//! As [`stochf`](super::stochf).

use super::stochf::{average, fast_k};
use crate::{indicator::Out, params::Params};

pub fn compute(params: &Params, inputs: &[&[f64]], out: &mut [Out<'_>]) -> Result<(), String> {
    let k = average(&fast_k(inputs, params.int(0)), &params.values()[1..3])?;
    let d = average(&k, &params.values()[3..])?;
    let slow_k = out[0].f64();
    slow_k.copy_from_slice(&k[k.len() - slow_k.len()..]);
    out[1].f64().copy_from_slice(&d);
    Ok(())
}
