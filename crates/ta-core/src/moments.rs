//! Moments of a window about its mean, for measures that have no unit.

/// What the deviations of a window from its mean add up to. The unit is the window's
/// own, so that no finite values are too large or too small to be squared.
#[derive(Debug, Clone, Copy)]
pub struct Moments {
    /// Deviation of the last value.
    pub last: f64,
    /// Sum of squares.
    pub second: f64,
    /// Sum of cubes.
    pub third: f64,
}

impl Moments {
    /// Of a window that is not empty; none when all its values are equal. The result is
    /// not finite when they are further apart, or closer together, than a number can say.
    pub fn of(window: &[f64]) -> Option<Self> {
        // Measured from one of them, equal values have no deviation that rounding made.
        let origin = window[0];
        let unit = window.iter().fold(0.0, |most: f64, x| most.max((x - origin).abs()));
        if unit == 0.0 {
            return None;
        }
        let per_unit = unit.recip();
        let from_origin = |x: &f64| (x - origin) * per_unit;
        let mean = window.iter().map(from_origin).sum::<f64>() / window.len() as f64;
        let (mut last, mut second, mut third) = (0.0, 0.0, 0.0);
        for x in window {
            last = from_origin(x) - mean;
            second += last * last;
            third += last * last * last;
        }
        Some(Self { last, second, third })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_is_the_windows_own() {
        let of = |scale: f64| Moments::of(&[1.0, 2.0, 5.0, 4.0].map(|x| x * scale)).unwrap();
        // Mean 3 and unit 4.
        let Moments { last, second, third } = of(1.0);
        assert_eq!((last, second, third), (0.25, 10.0 / 16.0, 0.0));
        for scale in [1e-300, 1e-200, 1e300] {
            assert!((of(scale).second / second - 1.0).abs() < 1e-12, "{scale}");
        }
        assert!(of(1e-320).second.is_nan());
        assert!(Moments::of(&[0.1; 7]).is_none());
        assert!(Moments::of(&[f64::MAX, f64::MIN]).unwrap().second.is_nan());
    }
}
