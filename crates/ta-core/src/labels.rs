//! Where a label stands: in the row that it labels, or later, where it is known.

use crate::prelude::*;

/// The output that says when a label is known.
pub const KNOWN_AFTER: &str = "known_after";

/// The parameter of a label that puts it later, into a row where it is known.
#[derive(Clone, Copy, Parameters)]
pub struct Place {
    /// Whether the label stands later, in the row where it is known at the latest. False puts it in
    /// the row that it labels, which looks ahead.
    #[param(default = true)]
    delayed: bool,
}

impl Place {
    /// The number of rows by which a label that needs so many later rows is late.
    pub const fn delay(self, later: usize) -> usize {
        if self.delayed {
            later
        } else {
            0
        }
    }

    /// The number of later rows that a value depends on, of a label that needs so many.
    pub const fn ahead(self, later: usize) -> usize {
        later - self.delay(later)
    }
}

/// The output that says when a label is known.
pub const fn known_after() -> Output<i32> {
    signal(
        KNOWN_AFTER,
        "duration",
        Scale::Bars,
        "Rows from the labelled row to the row in which its label is known.",
    )
}
