//! Rolling sum.
//!
//! TA-Lib's operations on four pieces of a long series at a time, see [`running`](super::running).

use super::running::{sums, Lane};
use crate::params::Params;

pub fn compute(params: &Params, lanes: Vec<Lane<'_>>) -> bool {
    sums(params.int(0), lanes, |sum| sum)
}
