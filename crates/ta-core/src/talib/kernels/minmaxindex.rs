//! Rows of the lowest and the highest value of the window.
//!
//! This kernel finds the extremes in the same way as [`aroon`](super::aroon). A million rows take
//! 7.0 ms instead of TA-Lib's 5.9 at a period of 2, 5.1 instead of 7.5 at 5, 3.7 instead of 7.8 at
//! 14, and 3.4 instead of 11.5 at 200. TA-Lib's functions for only one of the two rows are fast
//! enough.

use crate::windows::latest_extremes;

pub fn compute((period,): (usize,), [series]: [&[f64]; 1], [low, high]: [&mut [i32]; 2]) {
    latest_extremes(series, series, period, |row, lowest, highest| {
        let windows = lowest.iter().zip(highest).zip(row as i32..);
        for ((low, high), ((&lowest, &highest), row)) in
            low[row..].iter_mut().zip(&mut high[row..]).zip(windows)
        {
            (*low, *high) = (row + lowest, row + highest);
        }
    });
}
