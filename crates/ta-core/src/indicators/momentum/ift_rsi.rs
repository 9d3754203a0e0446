//! The inverse Fisher transform of the RSI.

use ta_lib::abstract_api::FuncId;

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "ift_rsi",
        display_name: "Inverse Fisher Transform of RSI",
        category: Category::Momentum,
        description: "John Ehlers' sharpened RSI: a tenth of its distance from 50, smoothed by a \
            weighted average, goes through the inverse Fisher transform, the hyperbolic tangent. \
            Values are near 1 or -1 most of the time and cross quickly, so that turns are hard to \
            miss: buy where it crosses -0.5 or 0.5 upwards, sell where it crosses them downwards.",
        aliases: &["inverse_fisher_rsi", "inverse_fisher_transform_rsi"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Ratio, "Transformed RSI, from -1 to 1.")
            .with_levels(&[-0.5, 0.5])
            .within(-1.0, 1.0),
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "J. Ehlers, The Inverse Fisher Transform, Stocks & Commodities 22:5 (2004)",
    }
    .indicator::<IftRsi>()
}

#[derive(Clone, Parameters)]
struct IftRsi {
    /// Bars of the RSI.
    #[param(default = 5, min = 2)]
    period: usize,
    /// Bars of the weighted average.
    #[param(default = 9, min = 1)]
    smooth_period: usize,
}

impl Composed<1> for IftRsi {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period + self.smooth_period - 1
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let strength = ta.rsi(series, self.period);
        let tenth = ta.map([&strength], |[strength]| 0.1 * (strength - 50.0));
        let smooth = ta.of_window(FuncId::WMA, tenth, self.smooth_period);
        ta.rows([&smooth], |[smooth]| smooth.tanh())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn a_rise_is_nearly_one() {
        let series: Vec<f64> = (0..20).map(f64::from).collect();
        let out = reals("ift_rsi", "value", json!({}), &[&series]);
        assert!(out[12].is_none() && (out[13].unwrap() - 5f64.tanh()).abs() < 1e-12);
    }
}
