//! Rolling sum.
//!
//! It does TA-Lib's operations, in four pieces of a long series at a time; see
//! [`running`](super::running).

use super::running::{sums, Lane, Values};

pub fn compute(period: usize, lanes: Vec<Lane<'_>>) -> bool {
    sums(period, lanes, Itself)
}

struct Itself;

impl Values for Itself {
    #[inline(always)]
    fn plain(&self, sums: &[f64], out: &mut [f64]) {
        out.copy_from_slice(sums);
    }
}
