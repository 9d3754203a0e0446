//! Swings: bars that are more extreme than their neighbours.

use crate::{formula::Parameters, live::Window};

/// The definition of a swing: the number of neighbours, and whether they may be as extreme.
#[derive(Clone, Copy, Parameters)]
pub struct Swings {
    /// Bars before the swing bar that it must stand out from.
    #[param(default = 2, min = 1)]
    pub left: usize,
    /// Bars after the swing bar that it must stand out from.
    #[param(default = 2, min = 1)]
    pub right: usize,
    /// Whether a neighbour may be as high or as low.
    #[param(default = false)]
    pub allow_equal_extremes: bool,
}

impl Swings {
    /// The least distance in bars between two swings of the same kind.
    pub fn spacing(self) -> usize {
        if self.allow_equal_extremes {
            1
        } else {
            self.left.min(self.right) + 1
        }
    }

    /// Whether a bar with `left` bars before and `right` bars after it is a swing: with `high` a
    /// swing high of `values`, otherwise a swing low.
    pub fn is_swing(self, values: &[f64], row: usize, high: bool) -> bool {
        let equal = self.allow_equal_extremes;
        if high {
            self.stands_out(values, row, |a, b| a > b || equal && a == b)
        } else {
            self.stands_out(values, row, |a, b| a < b || equal && a == b)
        }
    }

    /// A window of as many bars as decide about a swing.
    pub fn window(self) -> Window {
        Window::new(self.left + 1 + self.right)
    }

    /// The price of the swing that the newest bar of a window confirms, if it does.
    pub fn confirmed(self, window: &Window, high: bool) -> Option<f64> {
        let values = window.values();
        let is_swing = window.is_full() && self.is_swing(values, self.left, high);
        is_swing.then(|| values[self.left])
    }

    /// Compares with the nearest neighbours first, because they rule out most rows.
    fn stands_out(self, values: &[f64], i: usize, beats: impl Fn(f64, f64) -> bool) -> bool {
        let beaten = |j: usize| beats(values[i], values[j]);
        (i + 1..=i + self.right).all(beaten) && (i - self.left..i).rev().all(beaten)
    }
}
