//! Rolling sum.
//!
//! TA-Lib's operations on four pieces of a long series at a time, see [`running`](super::running).

use super::running::{sums, Lane, Values};
use crate::params::Params;

pub fn compute(params: &Params, lanes: Vec<Lane<'_>>) -> bool {
    sums(params.int(0), lanes, Itself)
}

struct Itself;

impl Values for Itself {
    #[inline(always)]
    fn plain(&self, sums: &[f64], out: &mut [f64]) {
        out.copy_from_slice(sums);
    }
}
