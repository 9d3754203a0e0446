//! Deviations of two series from their means.

/// Sums over pairs of values: of the products and squares of their deviations from the means.
#[derive(Debug, Clone, Copy)]
pub struct Pairs {
    /// The number of pairs.
    pub count: f64,
    /// The means.
    pub means: (f64, f64),
    /// Sum of the products of the deviations.
    pub product: f64,
    /// Sums of the squares of the deviations.
    pub squares: (f64, f64),
}

impl Pairs {
    /// The sums of some pairs, of which there is at least one.
    pub fn of(pairs: impl Iterator<Item = (f64, f64)> + Clone) -> Self {
        let (mut count, mut x, mut y) = (0.0, 0.0, 0.0);
        for (a, b) in pairs.clone() {
            (count, x, y) = (count + 1.0, x + a, y + b);
        }
        let means = (x / count, y / count);
        let (mut product, mut xx, mut yy) = (0.0, 0.0, 0.0);
        for (a, b) in pairs {
            let (dx, dy) = (a - means.0, b - means.1);
            (product, xx, yy) = (product + dx * dy, xx + dx * dx, yy + dy * dy);
        }
        Self { count, means, product, squares: (xx, yy) }
    }

    /// Pearson's correlation; NaN if one of the two does not move.
    pub fn correlation(&self) -> f64 {
        let (xx, yy) = self.squares;
        if xx > 0.0 && yy > 0.0 {
            (self.product / (xx.sqrt() * yy.sqrt())).clamp(-1.0, 1.0)
        } else {
            f64::NAN
        }
    }

    /// How much the second moves with the first: the slope of its least-squares line. NaN if the
    /// first does not move.
    pub fn slope(&self) -> f64 {
        if self.squares.0 > 0.0 {
            self.product / self.squares.0
        } else {
            f64::NAN
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_on_a_line() {
        let pairs = Pairs::of([(1.0, 5.0), (2.0, 3.0), (3.0, 1.0)].into_iter());
        assert_eq!(pairs.slope(), -2.0);
        assert!((pairs.correlation() + 1.0).abs() < 1e-12);
        let flat = Pairs::of([(1.0, 5.0), (1.0, 3.0)].into_iter());
        assert!(flat.slope().is_nan() && flat.correlation().is_nan());
    }
}
