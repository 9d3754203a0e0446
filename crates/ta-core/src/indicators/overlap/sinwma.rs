//! A moving average weighted with half a sine wave.

use std::f64::consts::PI;

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{line, period, slot, Native},
    params::Params,
    windows::weighted_mean,
};

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "sinwma",
        display_name: "Sine Weighted Moving Average",
        category: Category::Overlap,
        description: "A moving average whose weights follow half a sine wave: small at both ends \
            of the window and largest in its middle. Bars enter and leave it gently, which makes \
            it smoother than a simple average of the same period at the same lag.",
        aliases: &["sine_weighted_moving_average", "sine_wma"],
        inputs: vec![slot("series", Some("close"))],
        params: vec![period(14, 1, "Bars in the window.")],
        outputs: vec![line(
            "value",
            "primary",
            Scale::Price,
            "Mean of the window under sine weights.",
        )],
        lookback_params: &["period"],
        memory: Memory::Window,
        pane: Pane::Overlay,
        complexity: "O(n * p)",
        source: "Everget, TradingView, Sine-Weighted MA: weights sin(k * pi / (period + 1)), \
            k = 1..=period",
    }
    .indicator(Sinwma)
}

struct Sinwma;

impl Kernel for Sinwma {
    fn lookback(&self, params: &Params) -> usize {
        params.int(0) - 1
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        let period = params.int(0);
        let weights = (1..=period).map(|k| (k as f64 * PI / (period + 1) as f64).sin());
        out[0].f64().copy_from_slice(&weighted_mean(inputs[0], weights.collect()));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{compute, find_indicator, resolve};

    #[test]
    fn three_bars_weigh_one_root_two_one() {
        let indicator = find_indicator("sinwma").unwrap();
        let given = json!({ "period": 3 });
        let params = resolve(indicator, given.as_object().unwrap(), Default::default()).unwrap();
        let out = compute(indicator, &params, &[&[0.0, 1.0, 0.0]]).unwrap();
        let root = 2f64.sqrt();
        assert!((out[0].as_f64().unwrap()[2].unwrap() - root / (2.0 + root)).abs() < 1e-15);
    }
}
