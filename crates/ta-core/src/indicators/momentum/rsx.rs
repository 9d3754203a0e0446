//! Jurik's noise-free RSI, from its published reconstruction.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "rsx",
        display_name: "Relative Strength Xtra",
        category: Category::Momentum,
        description: "Jurik's smooth RSI: the changes and their sizes each pass through three \
            double exponential filters that undo most of their own lag, and the quotient is put \
            on the scale of an RSI. It turns like the RSI and is read like it (overbought above \
            70, oversold below 30), but has hardly any noise. A flat series gives 50. Jurik's \
            own code is secret: this is the reconstruction that every package uses.",
        aliases: &["jurik_rsx", "relative_strength_xtra"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Ratio, "Smoothed strength, from 0 to 100.")
            .with_levels(&[30.0, 70.0])
            .within(0.0, 100.0),
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "Reconstruction of M. Jurik's RSX, prorealcode.com and pandas-ta",
    }
    .indicator::<Rsx>()
}

#[derive(Clone, Parameters)]
struct Rsx {
    /// Bars that set the filters' speed, 3 / (period + 2).
    #[param(default = 14, min = 2)]
    period: usize,
}

impl Recursive<1> for Rsx {
    type Out = f64;
    type State = Filtered;

    fn lookback(&self) -> usize {
        (self.period - 1).max(5)
    }

    fn start(&self) -> Filtered {
        Filtered::default()
    }

    fn next(&self, state: &mut Filtered, [value]: [f64; 1]) -> f64 {
        let speed = 3.0 / (self.period as f64 + 2.0);
        let change = state.last.replace(value).map_or(0.0, |last| value - last);
        let strength = smooth(&mut state.moves, speed, change);
        let total = smooth(&mut state.sizes, speed, change.abs());
        if total > 0.0 {
            (50.0 * (strength / total + 1.0)).clamp(0.0, 100.0)
        } else {
            50.0
        }
    }
}

/// The last value, and the filters of the changes and of their sizes.
#[derive(Clone, Default, State)]
struct Filtered {
    last: Option<f64>,
    moves: [(f64, f64); 3],
    sizes: [(f64, f64); 3],
}

/// Three filters one after the other. Each takes an average and an average of it, and extrapolates
/// by half of their difference.
fn smooth(stages: &mut [(f64, f64); 3], speed: f64, value: f64) -> f64 {
    stages.iter_mut().fold(value, |value, (first, second)| {
        *first = (1.0 - speed) * *first + speed * value;
        *second = speed * *first + (1.0 - speed) * *second;
        1.5 * *first - 0.5 * *second
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn a_steady_rise_is_100_a_steady_fall_0_and_a_flat_series_50() {
        for (step, level) in [(1.0, 100.0), (-1.0, 0.0), (0.0, 50.0)] {
            let series: Vec<f64> = (0..40).map(|i| 100.0 + step * f64::from(i * i)).collect();
            let out = reals("rsx", "value", json!({}), &[&series]);
            assert_eq!(out[13..], [Some(level); 27]);
        }
    }
}
