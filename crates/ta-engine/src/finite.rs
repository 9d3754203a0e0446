//! Whether columns are complete, and the result of computing over columns that may not be.

use std::ops::Range;

use ta_core::{finite, threads::map, Finite, Out};

use crate::share::Shared;

/// Rows that one thread checks at a time.
const PIECE: usize = 1 << 16;

/// Whether every value is a finite number; long columns are checked on all threads.
pub fn all_finite(values: &[f64]) -> bool {
    if values.len() <= PIECE {
        return finite(values);
    }
    map(&Shared, values.chunks(PIECE).collect(), finite).into_iter().all(|fine| fine)
}

/// The result of computing over inputs that may have gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ran {
    /// An input has a gap; the contents of the outputs are undefined.
    Incomplete,
    /// No input has a gap.
    Done {
        /// Whether all values of the real outputs are finite, from the lookback on.
        finite: bool,
    },
}

impl Ran {
    /// The result for complete inputs: checks the rows in `valued` of the real outputs.
    pub fn of(outs: &[Out<'_>], valued: Range<usize>) -> Self {
        let finite = outs.iter().all(|out| match out {
            Out::F64(values) => all_finite(&values[valued.clone()]),
            Out::I32(_) | Out::Bool(_) => true,
        });
        Self::Done { finite }
    }

    /// The result that follows from a kernel's own check, if it made one. `gaps` says whether
    /// the inputs may have gaps.
    pub fn checked(found: Finite, gaps: bool) -> Option<Self> {
        let finite = found?;
        Some(if gaps && !finite { Self::Incomplete } else { Self::Done { finite } })
    }

    /// The result for these rows and others together.
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Done { finite: a }, Self::Done { finite: b }) => Self::Done { finite: a && b },
            _ => Self::Incomplete,
        }
    }
}
