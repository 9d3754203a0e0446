//! The operations on tiny numbers, with whole numbers.
//!
//! A float is a whole number of units of 2^-1074. Below 2^-1021 it has all these units, and its bits
//! without the sign are their number. So a result in this range is the exact result in units,
//! rounded to a whole number, half to even. A result above it is left to the processor.

/// The bits of a float without its sign.
const SIZE: u64 = u64::MAX >> 1;

/// The number of units from which on a float does not have all of them.
const COARSE: u128 = 1 << 53;

/// The power of two that is one unit.
const UNIT: i32 = -1074;

/// A number as `digits * 2^power`, without its sign; `None` if it is not finite.
#[inline(always)]
fn parts(number: f64) -> Option<(u64, i32)> {
    let size = number.to_bits() & SIZE;
    let (digits, exponent) = (size & ((1 << 52) - 1), (size >> 52) as i32);
    match exponent {
        0 => Some((digits, UNIT)),
        0x7ff => None,
        _ => Some((digits | 1 << 52, exponent + UNIT - 1)),
    }
}

#[inline(always)]
fn negative(number: f64) -> bool {
    number.to_bits() >> 63 == 1
}

#[inline(always)]
fn of_units(units: u64, negative: bool) -> f64 {
    f64::from_bits(units | u64::from(negative) << 63)
}

/// `number / 2^shift` rounded to a whole number, half to even. The shift is from 1 to 127.
#[inline(always)]
fn shifted(number: u128, shift: u32) -> u128 {
    let (whole, rest) = (number >> shift, number & ((1 << shift) - 1));
    let half = 1 << (shift - 1);
    whole + u128::from(rest > half || (rest == half && whole & 1 == 1))
}

/// The units of a number; `None` if it is too large to have all of them.
#[inline(always)]
fn units(number: f64) -> Option<u64> {
    Some(number.to_bits() & SIZE).filter(|size| u128::from(*size) < COARSE)
}

/// A number that is not negative, rounded to a whole one. `None` if it is large, or so near the
/// middle between two whole numbers that an error in its last bits matters.
#[inline(always)]
fn rounded(number: f64) -> Option<u64> {
    const SHIFT: f64 = (1u64 << 52) as f64;
    let shifted = number + SHIFT;
    let near = (number - (shifted - SHIFT)).abs() < 0.499;
    (number < (1u64 << 40) as f64 && near).then(|| shifted.to_bits() - SHIFT.to_bits())
}

#[cold]
#[inline(never)]
pub fn mul(a: f64, b: f64) -> f64 {
    let (smaller, larger) = if a.abs() < b.abs() { (a, b) } else { (b, a) };
    if let Some(units) = units(smaller).and_then(|units| rounded(units as f64 * larger.abs())) {
        return of_units(units, negative(a) != negative(b));
    }
    if let Some(found) = product(a, b) {
        return found;
    }
    a * b
}

#[inline(always)]
fn product(a: f64, b: f64) -> Option<f64> {
    let ((a_digits, a_power), (b_digits, b_power)) = (parts(a)?, parts(b)?);
    // The product of two numbers of 53 bits has at most 106.
    let digits = u128::from(a_digits) * u128::from(b_digits);
    let shift = u32::try_from(UNIT - a_power - b_power).ok().filter(|shift| *shift > 0)?;
    let units = if shift < 128 { shifted(digits, shift) } else { 0 };
    (units < COARSE).then(|| of_units(units as u64, negative(a) != negative(b)))
}

#[cold]
#[inline(never)]
pub fn mul_add(weight: f64, mean: f64, term: f64) -> f64 {
    if let (Some(mean_units), Some(added)) = (units(mean), units(term)) {
        let sign = negative(weight) != negative(mean);
        match (rounded(mean_units as f64 * weight.abs()), added, sign == negative(term)) {
            (Some(product), 0, _) if mean_units > 0 && weight != 0.0 => {
                return of_units(product, sign)
            }
            (Some(product), _, true) if product < 1 << 52 && added < 1 << 52 => {
                return of_units(product + added, sign);
            }
            _ => {}
        }
    }
    if let Some(found) = sum(weight, mean, term) {
        return found;
    }
    weight.mul_add(mean, term)
}

#[inline(always)]
fn sum(weight: f64, mean: f64, term: f64) -> Option<f64> {
    let ((w_digits, w_power), (m_digits, m_power)) = (parts(weight)?, parts(mean)?);
    let added = term.to_bits() & SIZE;
    let shift = u32::try_from(UNIT - w_power - m_power).ok().filter(|shift| *shift > 0)?;
    // The sum has at most 126 bits.
    if shift > 72 || u128::from(added) >= COARSE {
        return None;
    }
    let signed = |size: u128, negative: bool| if negative { -(size as i128) } else { size as i128 };
    let product = u128::from(w_digits) * u128::from(m_digits);
    let product = signed(product, negative(weight) != negative(mean));
    let sum = product + signed(u128::from(added) << shift, negative(term));
    // The sign of zero has a rule of its own.
    let units = shifted(sum.unsigned_abs(), shift);
    (sum != 0 && units < COARSE).then(|| of_units(units as u64, sum < 0))
}

#[cold]
#[inline(never)]
pub fn div(a: f64, b: f64) -> f64 {
    if let Some(found) = quotient(a, b) {
        return found;
    }
    a / b
}

#[inline(always)]
fn quotient(a: f64, b: f64) -> Option<f64> {
    if super::is_tiny(a) && super::is_tiny(b) {
        // Both are below 2^-900, so the quotient of the larger numbers is not tiny.
        return Some(enlarged(a) / enlarged(b));
    }
    if let Some(units) = units(a).and_then(|units| rounded(units as f64 / b.abs())) {
        return Some(of_units(units, negative(a) != negative(b)));
    }
    let ((a_digits, a_power), (b_digits, b_power)) = (parts(a)?, parts(b)?);
    let shift = u32::try_from(a_power - b_power - UNIT).ok().filter(|shift| *shift < 75)?;
    let (above, below) = (u128::from(a_digits) << shift, u128::from(b_digits));
    let (whole, rest) = (above.checked_div(below)?, above % below);
    let units = whole + u128::from(2 * rest > below || (2 * rest == below && whole & 1 == 1));
    (units < COARSE).then(|| of_units(units as u64, negative(a) != negative(b)))
}

/// A tiny number times 2^1074.
#[inline(always)]
fn enlarged(number: f64) -> f64 {
    let size = number.to_bits() & SIZE;
    if size < 1 << 53 {
        return (size as f64).copysign(number);
    }
    let power = |exponent: u64| f64::from_bits((1023 + exponent) << 52);
    number * power(537) * power(537)
}
