//! Averages and deviations that are summed anew for every row. TA-Lib's running sums
//! are faster, but have no such weights, and leave a residue where the exact result is 0.

/// Weighted means of the windows of a series, weights from the oldest row to the newest.
/// Rows before the first full window are NaN.
pub fn weighted_mean(series: &[f64], mut weights: Vec<f64>) -> Vec<f64> {
    let total: f64 = weights.iter().sum();
    weights.iter_mut().for_each(|w| *w /= total);
    of_windows(series, weights.len(), |window| {
        window.iter().zip(&weights).map(|(value, weight)| value * weight).sum()
    })
}

/// Population standard deviations of the windows of a series.
/// Rows before the first full window are NaN.
pub fn deviation(series: &[f64], period: usize) -> Vec<f64> {
    of_windows(series, period, |window| {
        let mean = window.iter().sum::<f64>() / period as f64;
        (window.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / period as f64).sqrt()
    })
}

fn of_windows(series: &[f64], period: usize, f: impl Fn(&[f64]) -> f64) -> Vec<f64> {
    let mut out = vec![f64::NAN; series.len()];
    for (value, window) in out[period - 1..].iter_mut().zip(series.windows(period)) {
        *value = f(window);
    }
    out
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
    fn a_window_that_stands_still_does_not_deviate() {
        let deviations = deviation(&[1e9, 3.0, 5.0, 5.0], 2);
        assert_eq!(deviations[2..], [1.0, 0.0]);
    }
}
