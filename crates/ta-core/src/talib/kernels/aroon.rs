//! Aroon: how long ago the highest high and the lowest low of the window were.
//!
//! TA-Lib keeps the positions of the extremes and searches the window again when one leaves it. The
//! processor cannot predict this branch. This kernel finds the extremes without branches, with
//! [`latest_extremes`], and has the same values to the last bit, because of equal extremes the
//! latest counts.
//!
//! A million rows take 5.4 ms instead of TA-Lib's 10.6 at a period of 5, 3.9 instead of 11.0 at 14,
//! and 3.8 instead of 24 at 200.

use crate::windows::latest_extremes;

pub fn compute((period,): (usize,), [high, low]: [&[f64]; 2], [down, up]: [&mut [f64]; 2]) {
    let factor = 100.0 / period as f64;
    latest_extremes(low, high, period + 1, |row, lowest, highest| {
        for (value, &at) in down[row..].iter_mut().zip(lowest) {
            *value = factor * f64::from(at);
        }
        for (value, &at) in up[row..].iter_mut().zip(highest) {
            *value = factor * f64::from(at);
        }
    });
}
