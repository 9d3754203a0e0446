//! Whether numbers are there, throughout.

use std::ops::Range;

use crate::{
    kernel::{Out, Seen},
    share::share_map,
};

/// Rows that one thread looks through at a time.
const PIECE: usize = 1 << 16;

/// Whether every value is a number.
pub fn all_finite(values: &[f64]) -> bool {
    if values.len() <= PIECE {
        return finite(values);
    }
    share_map(values.chunks(PIECE).collect(), finite).into_iter().all(|fine| fine)
}

/// [`all_finite`] on one thread.
///
/// Without leaving the loop early, many are tested at once. The exponent of what is not a
/// number is all ones, so that one more of its last bit reaches the sign.
pub fn finite(values: &[f64]) -> bool {
    const EXPONENT: u64 = f64::INFINITY.to_bits();
    const LAST_BIT: u64 = 1 << (f64::MANTISSA_DIGITS - 1);
    let carry = |value: &f64| (value.to_bits() & EXPONENT) + LAST_BIT;
    values.iter().fold(0, |any, value| any | carry(value)) >> 63 == 0
}

/// What became of computing over inputs that may have had gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ran {
    /// They had: what the outputs hold means nothing.
    Incomplete,
    /// They had none.
    Done {
        /// Every row that has a value has a finite one, in each output of real values.
        finite: bool,
    },
}

impl Ran {
    /// Complete inputs, and these outputs, whose rows in `valued` have values.
    pub fn of(outs: &[Out<'_>], valued: Range<usize>) -> Self {
        let finite = outs.iter().all(|out| match out {
            Out::F64(values) => all_finite(&values[valued.clone()]),
            Out::I32(_) | Out::Bool(_) => true,
        });
        Self::Done { finite }
    }

    /// What a kernel has seen, if it has looked; `gaps` says whether inputs may have had some.
    pub fn seen(seen: Seen, gaps: bool) -> Option<Self> {
        match seen {
            Seen::Nothing => None,
            Seen::Finite(false) if gaps => Some(Self::Incomplete),
            Seen::Finite(finite) => Some(Self::Done { finite }),
        }
    }

    /// This and what became of other rows.
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Done { finite: a }, Self::Done { finite: b }) => Self::Done { finite: a && b },
            _ => Self::Incomplete,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::all_finite;

    #[test]
    fn one_that_is_not_a_number_is_found_anywhere() {
        let extremes = [0.0, -0.0, f64::MAX, f64::MIN, f64::MIN_POSITIVE, 5e-324, -1.5];
        assert!(all_finite(&[]) && all_finite(&extremes));
        for broken in [f64::NAN, -f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            for len in [1, 2, 7, 100, (1 << 17) + 3] {
                for at in [0, len / 2, len - 1] {
                    let mut values = vec![-3.5; len];
                    assert!(all_finite(&values));
                    values[at] = broken;
                    assert!(!all_finite(&values), "{broken} at {at} of {len}");
                }
            }
        }
    }
}
