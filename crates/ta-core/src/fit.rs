//! The least-squares line through a window, each window by itself.

/// A line through values one row apart.
#[derive(Debug, Clone, Copy)]
pub struct Fit {
    mean: f64,
    /// The change from row to row.
    pub slope: f64,
}

/// The distance of a row of the window from the window's middle.
fn place(row: usize, rows: usize) -> f64 {
    row as f64 - (rows as f64 - 1.0) / 2.0
}

impl Fit {
    /// The line through a window of at least two values.
    pub fn of(window: &[f64]) -> Self {
        let (rows, count) = (window.len(), window.len() as f64);
        let mean = window.iter().sum::<f64>() / count;
        let terms = window.iter().enumerate().map(|(row, value)| place(row, rows) * (value - mean));
        let squared_places = count * (count * count - 1.0) / 12.0;
        Self { mean, slope: terms.sum::<f64>() / squared_places }
    }

    /// The distance of a value of the window from the line.
    pub fn distance(self, window: &[f64], row: usize) -> f64 {
        window[row] - self.mean - self.slope * place(row, window.len())
    }

    /// The sum of the squared distances of the values from the line.
    pub fn squares(self, window: &[f64]) -> f64 {
        let distances = (0..window.len()).map(|row| self.distance(window, row));
        distances.map(|distance| distance * distance).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_no_distance_from_itself_and_a_kink_has_one() {
        let line = Fit::of(&[1.0, 3.0, 5.0, 7.0]);
        assert_eq!((line.slope, line.squares(&[1.0, 3.0, 5.0, 7.0])), (2.0, 0.0));
        // The line through 0, 3, 0 is flat at 1.
        let kink = Fit::of(&[0.0, 3.0, 0.0]);
        assert_eq!((kink.slope, kink.squares(&[0.0, 3.0, 0.0])), (0.0, 6.0));
    }
}
