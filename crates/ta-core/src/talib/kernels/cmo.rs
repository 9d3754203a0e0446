//! Chande momentum oscillator.
//!
//! It is computed like [`rsi`](super::rsi), except that each mean moves by a share of its distance
//! from the new value.

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
fn balance([gain, loss]: [f64; 2]) -> f64 {
    let both = gain + loss;
    let balance = 100.0 * ((gain - loss) / both);
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
    fn terms(&self, [before, value]: [f64; 2]) -> [f64; 2] {
        gain_and_loss(before, value).map(|change| change * self.unit)
    }

    #[inline(always)]
    fn step(&self, [gain, loss]: [f64; 2], [new_gain, new_loss]: [f64; 2]) -> [f64; 2] {
        [gain + (new_gain - gain * self.unit), loss + (new_loss - loss * self.unit)]
    }

    #[inline(always)]
    fn value(&self, means: [f64; 2]) -> f64 {
        balance(means)
    }
}
