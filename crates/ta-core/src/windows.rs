//! Deviations and extremes of all windows of a series. Each window is summed separately. TA-Lib's
//! running sums are faster, but rounding leaves them slightly off where the exact result is 0.

use std::hint::select_unpredictable;

/// Population standard deviations of the windows of a series.
/// Rows before the first full window are NaN.
pub fn deviation(series: &[f64], period: usize) -> Vec<f64> {
    let count = period as f64;
    let mut out = vec![f64::NAN; series.len()];
    in_lanes::<8>(series, period, &mut out[period - 1..], |rows| {
        let means = sums::<8>(rows, |_, _, value| value).map(|sum| sum / count);
        let squares =
            sums::<8>(rows, |_, window, value| (value - means[window]) * (value - means[window]));
        squares.map(|sum| (sum / count).sqrt())
    });
    out
}

/// Population standard deviation of one window, with the bits of [`deviation`].
pub fn deviation_of(window: &[f64]) -> f64 {
    let count = window.len() as f64;
    let mean = window.iter().sum::<f64>() / count;
    let squares: f64 = window.iter().map(|value| (value - mean) * (value - mean)).sum();
    (squares / count).sqrt()
}

/// Whether all values of one window are the same. Their mean may differ from them in the last bits.
pub fn all_equal(window: &[f64]) -> bool {
    window.iter().all(|value| *value == window[0])
}

/// Sample variance of one window of at least two values.
pub fn sample_variance_of(window: &[f64]) -> f64 {
    let count = window.len() as f64;
    let mean = window.iter().sum::<f64>() / count;
    let squares: f64 = window.iter().map(|value| (value - mean) * (value - mean)).sum();
    squares / (count - 1.0)
}

/// The sums of all `count` adjacent values of a window, as a running sum from its first one on.
pub fn sums_of(window: &[f64], count: usize) -> impl Iterator<Item = f64> + '_ {
    let first: f64 = window[..count].iter().sum();
    let later = window.iter().zip(&window[count..]).scan(first, |sum, (old, new)| {
        *sum += new - old;
        Some(*sum)
    });
    std::iter::once(first).chain(later)
}

/// Computes `N` windows of a series at a time, so that the processor can overlap their additions.
/// `of` gets the rows of `N` adjacent windows and returns their values for `out`, which has one row
/// for each window.
pub fn in_lanes<const N: usize>(
    series: &[f64],
    period: usize,
    out: &mut [f64],
    of: impl Fn(&[f64]) -> [f64; N],
) {
    let reach = period + N - 1;
    if out.len() < N {
        let mut rows = series.to_vec();
        rows.resize(reach, 0.0);
        out.copy_from_slice(&of(&rows)[..out.len()]);
        return;
    }
    for window in (0..out.len()).step_by(N) {
        let window = window.min(out.len() - N);
        out[window..window + N].copy_from_slice(&of(&series[window..window + reach]));
    }
}

/// The sum of `term(offset, window, value)` over the rows of each of `N` adjacent windows, from the
/// oldest row to the newest. `rows` are the rows of all `N` windows.
pub fn sums<const N: usize>(rows: &[f64], term: impl Fn(usize, usize, f64) -> f64) -> [f64; N] {
    let mut sums = [-0.0; N];
    for (offset, rows) in rows.windows(N).enumerate() {
        for window in 0..N {
            sums[window] += term(offset, window, rows[window]);
        }
    }
    sums
}

/// The number of rows whose extremes are computed together. They fit into the first-level cache.
const RUN: usize = 256;

/// The length up to which windows are combined from shorter ones.
const SHORT: usize = 12;

/// The lowest value in each window of `low`, and the highest in each window of `high`.
///
/// `each(window, lowest, highest)` gets the values of several consecutive windows at a time;
/// `window` is the number of the first of them, which ends on row `window + period - 1`.
///
/// The code does not branch on values, so the time does not depend on the values and hardly on the
/// period.
pub fn extremes(
    low: &[f64],
    high: &[f64],
    period: usize,
    mut each: impl FnMut(usize, &[f64], &[f64]),
) {
    let count = (low.len() + 1).saturating_sub(period);
    let run = RUN.next_multiple_of(period);
    let [mut lows, mut highs, mut parts] = [(); 3].map(|()| vec![0.0; run]);
    for window in (0..count).step_by(run) {
        let rows = run.min(count - window);
        let [low, high] = [low, high].map(|series| &series[window..][..rows + period - 1]);
        let lowest = |a, b| if a < b { a } else { b };
        let highest = |a, b| if a > b { a } else { b };
        if period > SHORT {
            extremes_by_blocks(low, period, &mut lows, lowest);
            extremes_by_blocks(high, period, &mut highs, highest);
        } else {
            extremes_by_parts(low, period, &mut lows[..rows], &mut parts, lowest);
            extremes_by_parts(high, period, &mut highs[..rows], &mut parts, highest);
        }
        each(window, &lows[..rows], &highs[..rows]);
    }
}

/// The extreme of each window; `pick` chooses between two values. A window consists of the end of
/// one block of `period` rows and the start of the next, so one pass backwards and one pass
/// forwards through each block are enough. The length of `to` is a multiple of `period`.
fn extremes_by_blocks(
    series: &[f64],
    period: usize,
    to: &mut [f64],
    pick: impl Fn(f64, f64) -> f64,
) {
    let starts = (0..=series.len() - period).step_by(period);
    for (start, to) in starts.zip(to.chunks_mut(period)) {
        let (block, next) = series[start..].split_at(period);
        let mut best = block[period - 1];
        for (to, &value) in to.iter_mut().zip(block).rev() {
            best = pick(value, best);
            *to = best;
        }
        let mut best = next.first().copied().unwrap_or_default();
        for (to, &value) in to[1..].iter_mut().zip(next) {
            best = pick(value, best);
            *to = pick(best, *to);
        }
    }
}

/// The extreme of each window; `pick` chooses between two values. Each window is combined from up
/// to four shorter windows, and these from up to four rows.
fn extremes_by_parts(
    series: &[f64],
    period: usize,
    to: &mut [f64],
    parts: &mut Vec<f64>,
    pick: impl Fn(f64, f64) -> f64 + Copy,
) {
    let width = period.min(4);
    if width == period {
        return widen(series, 1, width, to, pick);
    }
    parts.resize(series.len() + 1 - width, 0.0);
    widen(series, 1, width, parts, pick);
    widen(parts, width, period, to, pick);
}

/// Combines windows of `width` rows into windows of `wider` rows; `wider` is at most four times
/// `width`.
fn widen(
    from: &[f64],
    width: usize,
    wider: usize,
    to: &mut [f64],
    pick: impl Fn(f64, f64) -> f64 + Copy,
) {
    let rows = to.len();
    let part = |index: usize| &from[(index * width).min(wider - width)..][..rows];
    match wider.div_ceil(width) {
        1 => to.copy_from_slice(part(0)),
        2 => {
            for ((to, a), b) in to.iter_mut().zip(part(0)).zip(part(1)) {
                *to = pick(*a, *b);
            }
        }
        3 => {
            for (((to, a), b), c) in to.iter_mut().zip(part(0)).zip(part(1)).zip(part(2)) {
                *to = pick(pick(*a, *b), *c);
            }
        }
        _ => {
            let parts = part(0).iter().zip(part(1)).zip(part(2)).zip(part(3));
            for (to, (((a, b), c), d)) in to.iter_mut().zip(parts) {
                *to = pick(pick(*a, *b), pick(*c, *d));
            }
        }
    }
}

/// The position of the lowest value in each window of `low`, and of the highest in each window of
/// `high`, counted from the window's oldest row. Of equal values the latest counts.
///
/// `each` is called as in [`extremes`]. The windows are computed from blocks, as in
/// [`extremes_by_blocks`].
pub fn latest_extremes(
    low: &[f64],
    high: &[f64],
    period: usize,
    mut each: impl FnMut(usize, &[i32], &[i32]),
) {
    let count = (low.len() + 1).saturating_sub(period);
    let [mut lows, mut highs] = [(); 2].map(|()| vec![0; period]);
    let mut ends = vec![0.0; period];
    for window in (0..count).step_by(period) {
        let rows = period.min(count - window);
        latest(&low[window..], rows, &mut lows, &mut ends, |a, b| a < b);
        latest(&high[window..], rows, &mut highs, &mut ends, |a, b| a > b);
        each(window, &lows[..rows], &highs[..rows]);
    }
}

/// The position of the value that `beats` the others, for the first `rows` windows. The length of
/// `at` is the period.
fn latest(
    series: &[f64],
    rows: usize,
    at: &mut [i32],
    ends: &mut [f64],
    beats: impl Fn(f64, f64) -> bool,
) {
    let period = at.len();
    let (mut best, mut place) = (series[period - 1], period as i32 - 1);
    let block =
        series[..period].iter().zip(0..period as i32).zip(at.iter_mut().zip(ends.iter_mut()));
    for ((&value, row), (at, end)) in block.rev() {
        let better = beats(value, best);
        best = if better { value } else { best };
        place = select_unpredictable(better, row, place);
        (*at, *end) = (place, best);
    }
    if rows < 2 {
        return;
    }
    let (mut best, mut place) = (series[period], period as i32);
    let next = series[period..].iter().zip(period as i32..);
    let windows = at[1..rows].iter_mut().zip(&ends[1..rows]).zip(1..);
    for ((&value, row), ((at, &end), window)) in next.zip(windows) {
        let worse = beats(best, value);
        best = if worse { best } else { value };
        place = select_unpredictable(worse, place, row);
        *at = select_unpredictable(beats(end, best), *at, place) - window;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flat_window_has_the_deviation_zero() {
        let deviations = deviation(&[1e9, 3.0, 5.0, 5.0], 2);
        assert_eq!(deviations[2..], [1.0, 0.0]);
    }

    /// Values with many repetitions.
    fn steps(rows: usize) -> Vec<f64> {
        (0..rows).map(|row| ((row * row * 7919) % 23) as f64 - 11.0).collect()
    }

    #[test]
    fn windows_in_lanes_equal_single_windows() {
        for rows in 3..40 {
            let series = steps(rows);
            let deviations = deviation(&series, 3);
            for (row, window) in series.windows(3).enumerate() {
                let mean = window.iter().sum::<f64>() / 3.0;
                let squares = window.iter().map(|v| (v - mean) * (v - mean));
                assert_eq!(deviations[row + 2], (squares.sum::<f64>() / 3.0).sqrt());
            }
        }
    }

    #[test]
    fn extremes_and_their_latest_positions_are_those_of_each_window() {
        let low = steps(900);
        let high: Vec<f64> = low.iter().rev().map(|value| value + 3.0).collect();
        for period in (1..40).chain([255, 256, 257, 600]) {
            for rows in [period, period + 1, period + 11, 899, 900] {
                let windows = || low[..rows].windows(period).zip(high[..rows].windows(period));
                let (mut values, mut places) = (Vec::new(), Vec::new());
                extremes(&low[..rows], &high[..rows], period, |window, low, high| {
                    assert_eq!(window, values.len());
                    values.extend(low.iter().copied().zip(high.iter().copied()));
                });
                latest_extremes(&low[..rows], &high[..rows], period, |window, low, high| {
                    assert_eq!(window, places.len());
                    places.extend(low.iter().copied().zip(high.iter().copied()));
                });
                let expected: Vec<(f64, f64)> = windows()
                    .map(|(low, high)| {
                        let least = low.iter().copied().fold(f64::MAX, f64::min);
                        (least, high.iter().copied().fold(f64::MIN, f64::max))
                    })
                    .collect();
                assert_eq!(values, expected, "period {period}, {rows} rows");
                let at = |window: &[f64], value| window.iter().rposition(|v| *v == value).unwrap();
                let expected: Vec<(i32, i32)> = windows()
                    .zip(expected)
                    .map(|((low, high), (least, most))| {
                        (at(low, least) as i32, at(high, most) as i32)
                    })
                    .collect();
                assert_eq!(places, expected, "period {period}, {rows} rows");
            }
        }
        extremes(&low[..3], &high[..3], 4, |_, _, _| panic!("no window"));
        latest_extremes(&low[..3], &high[..3], 4, |_, _, _| panic!("no window"));
    }
}
