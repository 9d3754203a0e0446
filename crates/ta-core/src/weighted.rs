//! Moving averages with a weight for each row of the window.

use crate::{
    live::{Recursive, Window},
    windows::{in_lanes, sums},
};

/// The weighted mean of a window.
#[derive(Clone)]
pub struct WeightedMean {
    /// They add up to 1; the first belongs to the oldest row of the window.
    weights: Vec<f64>,
}

impl WeightedMean {
    /// A mean with weights that need not add up to 1, the first for the oldest row of the window.
    pub fn new(mut weights: Vec<f64>) -> Self {
        let total: f64 = weights.iter().sum();
        weights.iter_mut().for_each(|w| *w /= total);
        Self { weights }
    }

    /// Writes the mean of each window of a series to the window's last row.
    pub fn compute(&self, series: &[f64], out: &mut [f64]) {
        in_lanes::<8>(series, self.weights.len(), &mut out[self.lookback()..], |rows| {
            sums(rows, |offset, _, value| value * self.weights[offset])
        });
    }
}

impl Recursive<1> for WeightedMean {
    type Out = f64;
    type State = Window;

    fn lookback(&self) -> usize {
        self.weights.len() - 1
    }

    fn start(&self) -> Window {
        Window::new(self.weights.len())
    }

    fn next(&self, window: &mut Window, [value]: [f64; 1]) -> f64 {
        window.push(value);
        window.iter().zip(&self.weights).map(|(value, weight)| value * weight).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_row_has_the_last_weight() {
        let mut out = [0.0; 3];
        WeightedMean::new(vec![1.0, 3.0]).compute(&[8.0, 0.0, 4.0], &mut out);
        assert_eq!(out[1..], [2.0, 3.0]);
    }

    #[test]
    fn windows_in_lanes_equal_single_windows() {
        let weights = [0.1, 0.2, 0.7];
        let total: f64 = weights.iter().sum();
        let mean = WeightedMean::new(weights.to_vec());
        for rows in 3..40 {
            let series: Vec<f64> =
                (0..rows).map(|row| ((row * row * 7919) % 23) as f64 - 11.0).collect();
            let mut out = vec![0.0; rows];
            mean.compute(&series, &mut out);
            for (row, window) in series.windows(3).enumerate() {
                let terms = window.iter().zip(weights).map(|(value, w)| value * (w / total));
                assert_eq!(out[row + 2], terms.sum::<f64>());
            }
        }
    }
}
