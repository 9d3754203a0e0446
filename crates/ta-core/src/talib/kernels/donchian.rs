//! Donchian channels: highest high, lowest low and the mean of both.
//!
//! TA-Lib keeps the positions of the extremes and searches the window again when one leaves it. The
//! processor cannot predict this branch. This kernel finds the extremes without branches, with
//! [`extremes`].
//!
//! A million rows take 2.7 ms instead of TA-Lib's 9.3 at a period of 5, 2.5 instead of 9.3 at 20,
//! and 4.8 instead of 16 at 200.

use crate::windows::extremes;

pub fn compute(
    (period,): (usize,),
    [high, low]: [&[f64]; 2],
    [upper, middle, lower]: [&mut [f64]; 3],
) {
    extremes(low, high, period, |row, lowest, highest| {
        let rows = row..row + lowest.len();
        upper[rows.clone()].copy_from_slice(highest);
        lower[rows.clone()].copy_from_slice(lowest);
        for ((mean, high), low) in middle[rows].iter_mut().zip(highest).zip(lowest) {
            *mean = (high + low) / 2.0;
        }
    });
}
