//! Whether columns are complete, and what became of computing over those that may not be.

use std::ops::Range;

use ta_core::{finite, threads::map, Finite, Out};

use crate::share::Shared;

/// Rows that one thread looks through at a time.
const PIECE: usize = 1 << 16;

/// Whether every value is a number.
pub fn all_finite(values: &[f64]) -> bool {
    if values.len() <= PIECE {
        return finite(values);
    }
    map(&Shared, values.chunks(PIECE).collect(), finite).into_iter().all(|fine| fine)
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

    /// What a kernel says that it found, if it has checked; `gaps` says whether inputs may have
    /// had some.
    pub fn checked(found: Finite, gaps: bool) -> Option<Self> {
        let finite = found?;
        Some(if gaps && !finite { Self::Incomplete } else { Self::Done { finite } })
    }

    /// This and what became of other rows.
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Done { finite: a }, Self::Done { finite: b }) => Self::Done { finite: a && b },
            _ => Self::Incomplete,
        }
    }
}
