//! Relative strength index.
//!
//! It does TA-Lib's operations, in four pieces of the series at a time; see
//! [`lockstep`](crate::lockstep). A row takes 1.4 ns instead of TA-Lib's 2.6.

use ta_tiny::Arithmetic;

use super::gains::{gain_and_loss, gains_and_losses, memory};
use crate::{
    finite::finite,
    lockstep::{run, Recursion},
    threads::Threads,
};

pub fn compute(period: usize, series: &[f64], out: &mut [f64], threads: &dyn Threads) -> bool {
    let rsi = Rsi { period, keep: (period - 1) as f64, unit: 1.0 / period as f64 };
    let first = &series[..=period];
    let state = gains_and_losses(first).map(|sum| sum * rsi.unit);
    run(&rsi, state, [&series[period..], &series[period + 1..]], out, threads) && finite(first)
}

#[inline(always)]
fn strength<A: Arithmetic>([gain, loss]: [f64; 2]) -> f64 {
    let both = gain + loss;
    let strength = A::mul(100.0, A::div(gain, both));
    if both > 0.0 {
        strength
    } else {
        50.0
    }
}

struct Rsi {
    period: usize,
    keep: f64,
    unit: f64,
}

impl Recursion<2, 2, 2> for Rsi {
    fn memory(&self) -> usize {
        memory(self.period)
    }

    #[inline(always)]
    fn terms<A: Arithmetic>(&self, [before, value]: [f64; 2]) -> [f64; 2] {
        gain_and_loss(before, value)
    }

    #[inline(always)]
    fn step<A: Arithmetic>(&self, means: [f64; 2], [gain, loss]: [f64; 2]) -> [f64; 2] {
        let next = |mean, new| A::mul(A::mul(mean, self.keep) + new, self.unit);
        [next(means[0], gain), next(means[1], loss)]
    }

    #[inline(always)]
    fn value<A: Arithmetic>(&self, means: [f64; 2]) -> f64 {
        strength::<A>(means)
    }
}
