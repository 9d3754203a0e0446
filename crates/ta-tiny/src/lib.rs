//! Products, sums and quotients of numbers near the smallest float, without the processor's microcode.
//!
//! The mean of a series that no longer moves decays towards zero. After some thousand rows it is
//! below 2^-1022, where floats have fewer than 53 bits. Most processors multiply and divide such
//! numbers in microcode, which takes a hundred cycles or more each time, and the mean never leaves
//! this range again: rounding holds it at a few units of 2^-1074.
//!
//! The functions here have the processor's results to the last bit, for all numbers. They look
//! whether a number is tiny, which the processor predicts, and compute with whole numbers then. So
//! nothing has to be said about where they are used: they change time only.
//!
//! # Why the numbers are not set to zero
//!
//! The values are defined there too. In TA-Lib, an `rsi` of a series that has only risen stays 100
//! however long it then stands still; of one that has moved both ways it becomes 50, when both
//! means are held by the same units. Zero would change such quotients, so no bit of any value
//! depends on this crate.
//!
//! # Who uses them
//!
//! - `lockstep.rs` of ta-core looks once in 64 rows whether a state is tiny. Such a block is
//!   computed with these functions; a row that has left the state as it was is not computed again.
//! - `held.rs` of ta-core, through which native recursions and scans run, computes nothing while
//!   neither the inputs nor the saved state change.
//! - The build script of ta-lib-streams (`careful.rs`) gives TA-Lib's functions in its list a twin,
//!   in whose loops each product, quotient and fused sum is a call of this crate. The twin is
//!   chosen where a column rises only, falls only or stays for more than a thousand rows; other
//!   series run TA-Lib's own text. The steps of these functions' streams use this crate always.
//!
//! `cargo run --release -p ta-engine --example flat_times` measures the whole catalog over series
//! that stand still and prints a sum over the bits of all values, which must not change. New slow
//! functions go into the list in `careful.rs`.
//!
//! # Decisions
//!
//! - The processor's switches for tiny numbers (FTZ and DAZ) stay as they are. They change the
//!   values above; they are the host's, on each of its threads; WASM has none; and Rust's
//!   compiler assumes that nobody changes them.
#![forbid(unsafe_code)]

pub mod of;
mod whole;

/// Twice the bits of 2^-900, without the sign. Below it an operation may have a result in the range
/// of few bits.
const LIMIT: u64 = (1023 - 900) << 53;

/// Whether a number is very small, but not zero.
#[inline(always)]
pub fn is_tiny(number: f64) -> bool {
    (number.to_bits() << 1).wrapping_sub(1) < LIMIT - 1
}

/// `a * b`.
#[inline(always)]
pub fn mul(a: f64, b: f64) -> f64 {
    if is_tiny(a) || is_tiny(b) {
        return whole::mul(a, b);
    }
    a * b
}

/// `weight * mean + term`, rounded once.
#[inline(always)]
pub fn mul_add(weight: f64, mean: f64, term: f64) -> f64 {
    if is_tiny(mean) || is_tiny(term) {
        return whole::mul_add(weight, mean, term);
    }
    weight.mul_add(mean, term)
}

/// `a / b`.
#[inline(always)]
pub fn div(a: f64, b: f64) -> f64 {
    if is_tiny(a) || is_tiny(b) {
        return whole::div(a, b);
    }
    a / b
}

/// Rows at which [`stands`] looks at a time. A mean of the fastest averages needs as many to become
/// tiny.
const STRETCH: usize = 1024;

/// Whether a column has a long stretch of rows that only rise, or only fall, or stay the same. The
/// means of its moves down, of its moves up, or of both then decay. It finds each stretch of twice
/// [`STRETCH`], and reads a few rows of most others.
#[inline(never)]
pub fn stands(column: &[f64]) -> bool {
    column.chunks_exact(STRETCH).any(|rows| {
        rows.windows(2).all(|pair| pair[0] <= pair[1])
            || rows.windows(2).all(|pair| pair[0] >= pair[1])
    })
}

/// The operations, for code that exists once for usual numbers and once for tiny ones.
pub trait Arithmetic {
    /// `a * b`.
    fn mul(a: f64, b: f64) -> f64;

    /// `weight * mean + term`, rounded once.
    fn mul_add(weight: f64, mean: f64, term: f64) -> f64;

    /// `a / b`.
    fn div(a: f64, b: f64) -> f64;
}

/// The processor's instructions alone. They are slow if numbers are tiny.
#[derive(Debug)]
pub struct Usual;

impl Arithmetic for Usual {
    #[inline(always)]
    fn mul(a: f64, b: f64) -> f64 {
        a * b
    }

    #[inline(always)]
    fn mul_add(weight: f64, mean: f64, term: f64) -> f64 {
        weight.mul_add(mean, term)
    }

    #[inline(always)]
    fn div(a: f64, b: f64) -> f64 {
        a / b
    }
}

/// The functions of this crate.
#[derive(Debug)]
pub struct Careful;

impl Arithmetic for Careful {
    #[inline(always)]
    fn mul(a: f64, b: f64) -> f64 {
        mul(a, b)
    }

    #[inline(always)]
    fn mul_add(weight: f64, mean: f64, term: f64) -> f64 {
        mul_add(weight, mean, term)
    }

    #[inline(always)]
    fn div(a: f64, b: f64) -> f64 {
        div(a, b)
    }
}

#[cfg(test)]
mod tests;
