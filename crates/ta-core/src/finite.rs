//! The check for finite values.

/// Whether every value is a finite number.
///
/// The loop does not end early, so that the compiler can test several values at once. All exponent
/// bits of a value that is not finite are ones: adding one to the last of them carries into the
/// sign bit.
pub fn finite(values: &[f64]) -> bool {
    const EXPONENT: u64 = f64::INFINITY.to_bits();
    const LAST_BIT: u64 = 1 << (f64::MANTISSA_DIGITS - 1);
    let carry = |value: &f64| (value.to_bits() & EXPONENT) + LAST_BIT;
    values.iter().fold(0, |any, value| any | carry(value)) >> 63 == 0
}

#[cfg(test)]
mod tests {
    use super::finite;

    #[test]
    fn a_value_that_is_not_finite_is_found_in_any_row() {
        let extremes = [0.0, -0.0, f64::MAX, f64::MIN, f64::MIN_POSITIVE, 5e-324, -1.5];
        assert!(finite(&[]) && finite(&extremes));
        for broken in [f64::NAN, -f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            for len in [1, 2, 7, 100, (1 << 17) + 3] {
                for at in [0, len / 2, len - 1] {
                    let mut values = vec![-3.5; len];
                    assert!(finite(&values));
                    values[at] = broken;
                    assert!(!finite(&values), "{broken} at {at} of {len}");
                }
            }
        }
    }
}
