//! Simple moving average.
//!
//! TA-Lib's operations on four pieces of a long series at a time, see [`running`](super::running).

use super::running::{sums, Lane};
use crate::params::Params;

pub fn compute(params: &Params, lanes: Vec<Lane<'_>>) -> bool {
    let period = params.int(0);
    let rows = period as f64;
    sums(period, lanes, |sum| sum / rows)
}
