//! Simple moving average.
//!
//! It does TA-Lib's operations, in four pieces of a long series at a time; see
//! [`running`](super::running). A row takes 0.7 ns instead of TA-Lib's 1.7. A division would take
//! as long as all other operations together, so three multiplications replace it, with the same
//! result.

use super::running::{sums, Lane, Values};

pub fn compute(period: usize, lanes: Vec<Lane<'_>>) -> bool {
    sums(period, lanes, Divisor::new(period as f64))
}

/// Division by a whole number of at most 17 bits, as periods are.
///
/// The product with the reciprocal is a guess with an error of at most two units in the last place.
/// Its remainder corrects it. Both steps are fused, so the error before rounding is 2^-50 units. No
/// quotient by a number of 17 bits is nearer than 2^-18 units to the middle between two numbers, so
/// rounding gives the same number as a division. The quotient must not be tiny, because the
/// remainder would lose bits.
#[cfg_attr(not(target_arch = "x86_64"), allow(dead_code, reason = "only x86 has the fused way"))]
struct Divisor {
    number: f64,
    reciprocal: f64,
}

/// If a sum in a block is smaller than this, for example zero, or not finite, the whole block is
/// divided as usual.
#[cfg_attr(not(target_arch = "x86_64"), allow(dead_code, reason = "only x86 has the fused way"))]
const TINY: f64 = 1e-290;

impl Divisor {
    fn new(number: f64) -> Self {
        Self { number, reciprocal: 1.0 / number }
    }
}

impl Values for Divisor {
    #[inline(always)]
    fn plain(&self, numbers: &[f64], out: &mut [f64]) {
        for (out, number) in out.iter_mut().zip(numbers) {
            *out = number / self.number;
        }
    }

    #[inline(always)]
    fn fused(&self, numbers: &[f64], out: &mut [f64]) {
        let usual = |number: &f64| (TINY..=f64::MAX).contains(&number.abs());
        if !numbers.iter().fold(true, |all, number| all & usual(number)) {
            return self.plain(numbers, out);
        }
        for (out, &number) in out.iter_mut().zip(numbers) {
            let guess = number * self.reciprocal;
            let rest = (-guess).mul_add(self.number, number);
            *out = rest.mul_add(self.reciprocal, guess);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Rng;

    #[test]
    fn quotients_are_those_of_a_division() {
        let mut rng = Rng::new(7);
        let mut bits = || rng.bits();
        let mut numbers = vec![0.0; 640];
        let mut out = vec![0.0; 640];
        for round in 0..4_000 {
            let number = match round % 3 {
                0 => 1 + bits() % 100_000,
                1 => 1 + bits() % 300,
                _ => 100_000 - bits() % 300,
            };
            let by = Divisor::new(number as f64);
            numbers.fill_with(|| match round % 4 {
                // Random bits, numbers near multiples of half the divisor, and prices.
                0 => Some(f64::from_bits(bits())).filter(|v| v.is_finite()).unwrap_or(0.0),
                1 => f64::from_bits(((bits() >> 12) as f64 * number as f64 * 0.5).to_bits() + 1),
                2 => (bits() % 10_000_000) as f64 / 100.0,
                _ => f64::from_bits((1.0f64).to_bits() | (bits() >> 12)) * number as f64,
            });
            by.fused(&numbers, &mut out);
            for (number, quotient) in numbers.iter().zip(&out) {
                let right = number / by.number;
                assert_eq!(quotient.to_bits(), right.to_bits(), "{number:e} / {}", by.number);
            }
        }
    }

    #[test]
    fn the_smallest_and_largest_numbers_are_divided_as_usual() {
        let infinite = [f64::INFINITY, f64::NEG_INFINITY];
        for number in [1.0, 3.0, 100_000.0] {
            let mut out = [0.0; 2];
            Divisor::new(number).fused(&infinite, &mut out);
            assert_eq!(out, infinite);
        }
        let numbers = [0.0, -0.0, 5e-324, -5e-324, 1e-300, 1e-289, f64::MAX, f64::MIN, 1.0];
        for number in [1.0, 2.0, 3.0, 49.0, 99_999.0, 100_000.0] {
            let mut out = [0.0; 9];
            Divisor::new(number).fused(&numbers, &mut out);
            assert_eq!(out.map(f64::to_bits), numbers.map(|n| (n / number).to_bits()));
        }
    }
}
