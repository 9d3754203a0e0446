//! Chande momentum oscillator.
//!
//! It is computed like [`rsi`](super::rsi), except that each mean moves by a share of its distance
//! from the new value.

use ta_tiny::Arithmetic;

use super::gains::{gain_and_loss, gains_and_losses, memory};
use crate::{
    finite::finite,
    lockstep::{run, Recursion},
    threads::Threads,
};

pub fn compute(period: usize, series: &[f64], out: &mut [f64], threads: &dyn Threads) -> bool {
    let cmo = Cmo { period, unit: 1.0 / period as f64 };
    let first = &series[..=period];
    let state = gains_and_losses(first).map(|sum| sum / period as f64);
    run(&cmo, state, [&series[period..], &series[period + 1..]], out, threads) && finite(first)
}

#[inline(always)]
fn balance<A: Arithmetic>([gain, loss]: [f64; 2]) -> f64 {
    let both = gain + loss;
    let balance = A::mul(100.0, A::div(gain - loss, both));
    if both > 0.0 {
        balance
    } else {
        0.0
    }
}

struct Cmo {
    period: usize,
    unit: f64,
}

impl Recursion<2, 2, 2> for Cmo {
    fn memory(&self) -> usize {
        memory(self.period)
    }

    #[inline(always)]
    fn terms<A: Arithmetic>(&self, [before, value]: [f64; 2]) -> [f64; 2] {
        gain_and_loss(before, value).map(|change| A::mul(change, self.unit))
    }

    #[inline(always)]
    fn step<A: Arithmetic>(
        &self,
        [gain, loss]: [f64; 2],
        [new_gain, new_loss]: [f64; 2],
    ) -> [f64; 2] {
        let next = |mean, new| mean + (new - A::mul(mean, self.unit));
        [next(gain, new_gain), next(loss, new_loss)]
    }

    #[inline(always)]
    fn value<A: Arithmetic>(&self, means: [f64; 2]) -> f64 {
        balance::<A>(means)
    }
}
