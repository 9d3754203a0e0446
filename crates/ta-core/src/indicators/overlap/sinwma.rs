//! A moving average weighted with half a sine wave.

use std::f64::consts::PI;

use crate::{prelude::*, weighted::WeightedMean};

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "sinwma",
        display_name: "Sine Weighted Moving Average",
        category: Category::Overlap,
        description: "A moving average whose weights follow half a sine wave: small at both ends \
            of the window and largest in its middle. Bars enter and leave it gently, which makes \
            it smoother than a simple average of the same period at the same lag.",
        aliases: &["sine_weighted_moving_average", "sine_wma"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Price, "Mean of the window under sine weights."),
        memory: Memory::Window,
        pane: Pane::Overlay,
        complexity: "O(n * p)",
        source: "Everget, TradingView, Sine-Weighted MA: weights sin(k * pi / (period + 1)), k = \
            1..=period",
    }
    .indicator::<Sinwma>()
}

#[derive(Parameters)]
struct Sinwma {
    /// Bars in the window.
    #[param(default = 14, min = 1)]
    period: usize,
}

impl Formula<1> for Sinwma {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn compute(&self, [series]: [&[f64]; 1], out: &mut [f64]) {
        WeightedMean::new(weights(self.period)).compute(series, out);
    }

    fn bank(&self, params: &Params) -> Option<Box<dyn Bank>> {
        Some(by_row(WeightedMean::new(weights(self.period)), params))
    }
}

fn weights(period: usize) -> Vec<f64> {
    (1..=period).map(|k| (k as f64 * PI / (period + 1) as f64).sin()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn the_weights_of_three_bars_are_one_root_two_and_one() {
        let out = reals("sinwma", "value", json!({ "period": 3 }), &[&[0.0, 1.0, 0.0]]);
        let root = 2f64.sqrt();
        assert!((out[2].unwrap() - root / (2.0 + root)).abs() < 1e-15);
    }
}
