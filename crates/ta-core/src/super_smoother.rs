//! Ehlers' two-pole smoother.

use std::f64::consts::{PI, SQRT_2};

use ta_saved::Saved;

/// The smoother after some rows.
#[derive(Clone, Saved)]
pub struct SuperSmoother {
    /// The factors of new values and of the last two smoothed ones.
    factors: [f64; 3],
    /// The last value of the series.
    before: f64,
    /// The last two smoothed values.
    last: f64,
    older: f64,
}

impl SuperSmoother {
    /// The smoother as if all earlier values of the series had been `start`.
    pub fn new(period: f64, start: f64) -> Self {
        let angle = SQRT_2 * PI / period;
        let decay = (-angle).exp();
        let (c2, c3) = (2.0 * decay * angle.cos(), -decay * decay);
        Self { factors: [1.0 - c2 - c3, c2, c3], before: start, last: start, older: start }
    }

    /// Takes a value, and gives the smoothed one.
    pub fn next(&mut self, value: f64) -> f64 {
        let [c1, c2, c3] = self.factors;
        let smooth = c1 * (value + self.before) / 2.0 + c2 * self.last + c3 * self.older;
        (self.before, self.older, self.last) = (value, self.last, smooth);
        smooth
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_keeps_a_constant() {
        let mut smoother = SuperSmoother::new(10.0, 7.0);
        assert!((0..30).all(|_| (smoother.next(7.0) - 7.0).abs() < 1e-12));
    }
}
