//! Ehlers' two-pole high-pass filter.

use std::f64::consts::{FRAC_1_SQRT_2, TAU};

use ta_saved::Saved;

/// The filter after some rows.
#[derive(Clone, Saved)]
pub struct HighPass {
    /// The factors of the second difference of the series and of the last two filtered values.
    factors: [f64; 3],
    /// The last two values of the series, the newest first.
    values: [f64; 2],
    /// The last two filtered values, the newest first.
    passed: [f64; 2],
}

impl HighPass {
    /// The filter of cycles longer than `period` bars, at least 3, as if all earlier values of the
    /// series had been `start`.
    pub fn new(period: f64, start: f64) -> Self {
        let angle = FRAC_1_SQRT_2 * TAU / period;
        let alpha = (angle.cos() + angle.sin() - 1.0) / angle.cos();
        let (half, rest) = (1.0 - alpha / 2.0, 1.0 - alpha);
        let factors = [half * half, 2.0 * rest, -rest * rest];
        Self { factors, values: [start; 2], passed: [0.0; 2] }
    }

    /// Takes a value, and gives the filtered one.
    pub fn next(&mut self, value: f64) -> f64 {
        let ([one, two], [last, older]) = (self.values, self.passed);
        let [input, first, second] = self.factors;
        let passed = input * (value - 2.0 * one + two) + first * last + second * older;
        (self.values, self.passed) = ([value, one], [passed, last]);
        passed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_does_not_pass_and_a_fast_cycle_does() {
        let mut filter = HighPass::new(48.0, 7.0);
        assert!((0..30).all(|_| filter.next(7.0) == 0.0));
        let swings: Vec<f64> =
            (0..300).map(|row| filter.next(7.0 + f64::from(row % 4 - row % 2) - 1.0)).collect();
        let highest = swings[200..].iter().copied().fold(f64::MIN, f64::max);
        assert!((0.9..1.1).contains(&highest), "{highest}");
    }
}
