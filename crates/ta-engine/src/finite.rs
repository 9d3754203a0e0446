//! The check for finite values, and what a kernel call has found out about them.

use std::ops::Range;

use ta_core::{finite, threads::map, Finite, Out};

use crate::share::Shared;

/// Rows that one thread checks at a time.
const PIECE: usize = 1 << 16;

/// Whether every value is a finite number. Several threads check a long column.
pub fn all_finite(values: &[f64]) -> bool {
    if values.len() <= PIECE {
        return finite(values);
    }
    map(&Shared, values.chunks(PIECE).collect(), finite).into_iter().all(|fine| fine)
}

/// What a kernel call has found out about its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// An input has a gap; the contents of the outputs are undefined.
    Incomplete,
    /// No input has a gap.
    Done {
        /// Whether all values of the real outputs are finite, apart from rows of the warm-up and
        /// the look-ahead.
        finite: bool,
    },
}

impl Outcome {
    /// The outcome for complete inputs: checks the rows `valued` of the real outputs.
    pub fn of(outs: &[Out<'_>], valued: Range<usize>) -> Self {
        let finite = outs.iter().all(|out| match out {
            Out::F64(values) => all_finite(&values[valued.clone()]),
            Out::I32(_) | Out::Bool(_) => true,
        });
        Self::Done { finite }
    }

    /// The outcome that follows from a kernel's own check, if it made one. `gaps` says whether the
    /// inputs may have gaps.
    pub fn checked(found: Finite, gaps: bool) -> Option<Self> {
        let finite = found?;
        Some(if gaps && !finite { Self::Incomplete } else { Self::Done { finite } })
    }

    /// The outcome for the rows of both.
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Done { finite: a }, Self::Done { finite: b }) => Self::Done { finite: a && b },
            _ => Self::Incomplete,
        }
    }
}
