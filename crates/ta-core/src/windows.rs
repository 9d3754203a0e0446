//! Averages, deviations and extremes of all windows of a series. The sums are computed separately
//! for each window: TA-Lib's running sums are faster, but have no weights, and leave a residue where
//! the exact result is 0.

use std::hint::select_unpredictable;

/// Weighted means of the windows of a series, weights from the oldest row to the newest.
/// Rows before the first full window are NaN.
pub fn weighted_mean(series: &[f64], mut weights: Vec<f64>) -> Vec<f64> {
    let total: f64 = weights.iter().sum();
    weights.iter_mut().for_each(|w| *w /= total);
    let mut out = vec![f64::NAN; series.len()];
    in_lanes::<8>(series, weights.len(), &mut out[weights.len() - 1..], |rows| {
        sums(rows, |offset, _, value| value * weights[offset])
    });
    out
}

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

/// Computes the windows of a series `N` at a time, so that the processor can overlap their
/// additions. `of` gets the rows of `N` adjacent windows and returns their values for `out`, which
/// has one row for each window.
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

/// The sums of `term(offset, window, value)` in each of `N` adjacent windows, from the oldest row
/// to the newest; `rows` are the rows of all of them.
pub fn sums<const N: usize>(rows: &[f64], term: impl Fn(usize, usize, f64) -> f64) -> [f64; N] {
    let mut sums = [-0.0; N];
    for (offset, rows) in rows.windows(N).enumerate() {
        for window in 0..N {
            sums[window] += term(offset, window, rows[window]);
        }
    }
    sums
}

/// Rows whose extremes are computed together: few enough for the first-level cache.
const RUN: usize = 256;

/// The longest windows that are combined from shorter ones.
const SHORT: usize = 12;

/// The lowest and the highest values of the windows of two series of one length.
///
/// `each(window, lowest, highest)` gets a run of them at a time, with the number of the run's first
/// window, which ends on row `window + period - 1`.
///
/// The code does not branch on values, so the time does not depend on them, and hardly on the
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
            meet(low, period, &mut lows, lowest);
            meet(high, period, &mut highs, highest);
        } else {
            join(low, period, &mut lows[..rows], &mut parts, lowest);
            join(high, period, &mut highs[..rows], &mut parts, highest);
        }
        each(window, &lows[..rows], &highs[..rows]);
    }
}

/// The extreme of each window, where `pick` chooses between two values. A window is the end of one
/// block of `period` rows and the start of the next, so one pass backwards through each block and
/// one forwards suffice. `to` has room for whole blocks.
fn meet(series: &[f64], period: usize, to: &mut [f64], pick: impl Fn(f64, f64) -> f64) {
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

/// The extreme of each window, where `pick` chooses between two values. Each window is combined from
/// up to four shorter ones, and those from up to four rows.
fn join(
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

/// Combines windows of `width` rows, at least a quarter of `wider`, into windows of `wider` rows.
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

/// The positions of the lowest and the highest values in the windows of two series of one length,
/// counted from a window's oldest row. Of equal values the latest counts.
///
/// `each` is called as by [`extremes`]. A window is the end of one block of `period` rows and the
/// start of the next, as in [`meet`].
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

/// The position of the value that `beats` the others in each of the first `rows` windows, which have
/// the length of `at`.
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
    fn the_newest_row_has_the_last_weight() {
        let mean = weighted_mean(&[8.0, 0.0, 4.0], vec![1.0, 3.0]);
        assert!(mean[0].is_nan());
        assert_eq!(mean[1..], [2.0, 3.0]);
    }

    #[test]
    fn a_flat_window_has_no_deviation() {
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
            let weights = vec![0.1, 0.2, 0.7];
            let total: f64 = weights.iter().sum();
            let means = weighted_mean(&series, weights.clone());
            let deviations = deviation(&series, 3);
            for (row, window) in series.windows(3).enumerate() {
                let terms = window.iter().zip(&weights).map(|(value, w)| value * (w / total));
                assert_eq!(means[row + 2], terms.sum::<f64>());
                let mean = window.iter().sum::<f64>() / 3.0;
                let squares = window.iter().map(|v| (v - mean) * (v - mean));
                assert_eq!(deviations[row + 2], (squares.sum::<f64>() / 3.0).sqrt());
            }
        }
    }

    #[test]
    fn extremes_are_those_of_every_window_and_the_latest_of_equals() {
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
