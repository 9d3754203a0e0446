//! Central moments of windows, for measures without a unit.

use crate::windows::{in_lanes, sums};

/// Sums of a window's deviations from its mean. They are divided by the window's largest distance
/// from its first value, so that powers of large and small values do not overflow or underflow.
#[derive(Debug, Clone, Copy)]
pub struct Moments {
    /// Deviation of the window's last value.
    pub last: f64,
    /// Sum of the squared deviations.
    pub second: f64,
    /// Sum of the cubed deviations.
    pub third: f64,
}

/// The number of windows that are computed at a time.
const LANES: usize = 8;

impl Moments {
    /// Writes the result of `value` for each window of a series. `value` gets `None` if all values
    /// of the window are equal, and moments that are not finite if the range of the values is too
    /// large or too small for a number.
    pub fn each(
        series: &[f64],
        period: usize,
        out: &mut [f64],
        value: impl Fn(Option<Self>) -> f64,
    ) {
        if out.len() < LANES {
            in_lanes(series, period, out, |rows| Self::of::<1>(rows, period).map(&value));
        } else {
            in_lanes(series, period, out, |rows| Self::of::<LANES>(rows, period).map(&value));
        }
    }

    /// The moments of adjacent windows.
    fn of<const N: usize>(rows: &[f64], period: usize) -> [Option<Self>; N] {
        // Distances from the first value are exactly 0 if all values are equal.
        let origin: [f64; N] = std::array::from_fn(|window| rows[window]);
        let mut unit = [0.0; N];
        for row in rows.windows(N) {
            for window in 0..N {
                let distance = (row[window] - origin[window]).abs();
                unit[window] = if distance > unit[window] { distance } else { unit[window] };
            }
        }
        let per_unit = unit.map(f64::recip);
        let from_origin = |window: usize, x: f64| (x - origin[window]) * per_unit[window];
        let mean =
            sums::<N>(rows, |_, window, x| from_origin(window, x)).map(|sum| sum / period as f64);
        let deviation = |window: usize, x: f64| from_origin(window, x) - mean[window];
        let second = sums::<N>(rows, |_, window, x| {
            let deviation = deviation(window, x);
            deviation * deviation
        });
        let third = sums::<N>(rows, |_, window, x| {
            let deviation = deviation(window, x);
            deviation * deviation * deviation
        });
        std::array::from_fn(|window| {
            let last = deviation(window, rows[window + period - 1]);
            let (second, third) = (second[window], third[window]);
            (unit[window] != 0.0).then_some(Self { last, second, third })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_moments_do_not_depend_on_the_size_of_the_values() {
        let one = |window: &[f64]| {
            let found = std::cell::Cell::new(None);
            Moments::each(window, window.len(), &mut [0.0], |moments| {
                found.set(found.get().or(Some(moments)));
                0.0
            });
            found.get().unwrap()
        };
        let of = |scale: f64| one(&[1.0, 2.0, 5.0, 4.0].map(|x| x * scale)).unwrap();
        // Mean 3 and unit 4.
        let Moments { last, second, third } = of(1.0);
        assert_eq!((last, second, third), (0.25, 10.0 / 16.0, 0.0));
        for scale in [1e-300, 1e-200, 1e300] {
            assert!((of(scale).second / second - 1.0).abs() < 1e-12, "{scale}");
        }
        assert!(of(1e-320).second.is_nan());
        assert!(one(&[0.1; 7]).is_none());
        assert!(one(&[f64::MAX, f64::MIN]).unwrap().second.is_nan());
    }

    #[test]
    fn windows_in_lanes_equal_single_windows() {
        for rows in 3..40 {
            let series: Vec<f64> =
                (0..rows).map(|row| f64::from(row * row * 7919 % 23) * 0.1 + 1e3).collect();
            for period in [2, 3, 7, 20].into_iter().filter(|&period| period <= series.len()) {
                let mut found = vec![f64::NAN; series.len() + 1 - period];
                let digest = |m: Option<Moments>| m.map_or(0.5, |m| m.last + m.second / m.third);
                Moments::each(&series, period, &mut found, digest);
                for (found, window) in found.iter().zip(series.windows(period)) {
                    let unit =
                        window.iter().fold(0.0, |most, x| f64::max(most, (x - window[0]).abs()));
                    let from_origin = |x: &f64| (x - window[0]) * unit.recip();
                    let mean = window.iter().map(from_origin).sum::<f64>() / period as f64;
                    let (mut last, mut second, mut third) = (0.0, 0.0, 0.0);
                    for x in window {
                        last = from_origin(x) - mean;
                        second += last * last;
                        third += last * last * last;
                    }
                    let moments = (unit != 0.0).then_some(Moments { last, second, third });
                    assert_eq!(found.to_bits(), digest(moments).to_bits(), "{period} of {rows}");
                }
            }
        }
    }
}
