//! Exponential smoothing of level, trend and acceleration.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "hwma",
        display_name: "Holt-Winters Moving Average",
        category: Category::Overlap,
        description: "The Holt-Winters method as a moving average: level, trend and acceleration \
            of the series are each smoothed exponentially, and their sum is the expected next \
            value. Small factors smooth more. It starts on the first bar with no trend; factors \
            under which it would swing ever further from the series, as a slow level with a fast \
            acceleration does, are refused.",
        aliases: &["holt_winters", "holt_winter", "holt_winters_moving_average"],
        inputs: [slot("series", Some("close"))],
        outputs: line(
            "value",
            "primary",
            Scale::Price,
            "Level plus trend plus half the acceleration.",
        ),
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "MQL5 code base 20856, Holt-Winters moving average: F + V + 0.5 * A",
    }
    .indicator::<HoltWinters>()
}

#[derive(Clone, Parameters)]
struct HoltWinters {
    /// Smoothing factor of the level.
    #[param(default = 0.2, min = 0.01, max = 1.0)]
    na: f64,
    /// Smoothing factor of the trend.
    #[param(default = 0.1, min = 0.01, max = 1.0)]
    nb: f64,
    /// Smoothing factor of the acceleration.
    #[param(default = 0.1, min = 0.01, max = 1.0)]
    nc: f64,
}

impl HoltWinters {
    fn smoothing(&self) -> Smoothing {
        Smoothing([self.na, self.nb, self.nc])
    }
}

impl Recursive<1> for HoltWinters {
    type Out = f64;
    /// Level, trend and acceleration; none before the first price.
    type State = Option<[f64; 3]>;

    fn lookback(&self) -> usize {
        0
    }

    fn accepts(&self) -> bool {
        is_stable(&self.smoothing())
    }

    fn start(&self) -> Option<[f64; 3]> {
        None
    }

    fn next(&self, state: &mut Option<[f64; 3]>, [price]: [f64; 1]) -> f64 {
        let last = state.unwrap_or([price, 0.0, 0.0]);
        let [level, trend, acceleration] = self.smoothing().next(last, price);
        *state = Some([level, trend, acceleration]);
        level + trend + 0.5 * acceleration
    }
}

struct Smoothing([f64; 3]);

impl Smoothing {
    /// The next level, trend and acceleration, after one more price.
    fn next(&self, [level, trend, acceleration]: [f64; 3], price: f64) -> [f64; 3] {
        let [a, b, c] = self.0;
        let l = (1.0 - a) * (level + trend + 0.5 * acceleration) + a * price;
        let t = (1.0 - b) * (trend + acceleration) + b * (l - level);
        [l, t, (1.0 - c) * acceleration + c * (t - trend)]
    }
}

/// Whether the influence of every state fades. By Jury's criterion, all roots of the step's
/// characteristic polynomial must lie within the unit circle.
fn is_stable(smoothing: &Smoothing) -> bool {
    let unit = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
    let [x, y, z] = unit.map(|state| smoothing.next(state, 0.0));
    let minor = |u: [f64; 3], v: [f64; 3], i: usize, j: usize| u[i] * v[j] - u[j] * v[i];
    let c2 = -(x[0] + y[1] + z[2]);
    let c1 = minor(x, y, 0, 1) + minor(x, z, 0, 2) + minor(y, z, 1, 2);
    let c0 = -(x[0] * minor(y, z, 1, 2) - x[1] * minor(y, z, 0, 2) + x[2] * minor(y, z, 0, 1));
    1.0 + c2 + c1 + c0 > 0.0
        && 1.0 - c2 + c1 - c0 > 0.0
        && c0.abs() < 1.0
        && (c1 - c0 * c2).abs() < 1.0 - c0 * c0
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{is_stable, Smoothing};
    use crate::testing::{reals, refuses};

    #[test]
    fn a_straight_line_is_finally_followed_without_lag() {
        let series: Vec<f64> = (0..2000).map(|i| 50.0 + 0.25 * f64::from(i)).collect();
        let values = reals("hwma", "value", json!({}), &[&series]);
        assert_eq!(values[0], Some(50.0));
        // The value is the forecast for the next bar.
        assert!((values[1999].unwrap() - (series[1999] + 0.25)).abs() < 1e-9);
    }

    #[test]
    fn unstable_factors_are_refused() {
        for na in [0.1, 0.3, 0.6, 1.0] {
            for nb in [0.01, 0.05, 0.2, 0.7, 1.0] {
                for nc in [0.01, 0.05, 0.2, 0.7, 1.0] {
                    let smoothing = Smoothing([na, nb, nc]);
                    let mut state = [1.0, 1.0, 1.0];
                    for _ in 0..50_000 {
                        state = smoothing.next(state, 0.0);
                    }
                    let faded = state.iter().all(|s| s.abs() < 1e-3);
                    assert_eq!(is_stable(&smoothing), faded, "{na} {nb} {nc} {state:?}");
                }
            }
        }
        assert!(refuses("hwma", json!({ "na": 0.01, "nb": 0.5, "nc": 0.5 })));
    }
}
