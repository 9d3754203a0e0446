//! Where the CCI is between its lowest and highest values.

use ta_lib::abstract_api::FuncId;

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "stoch_cci",
        display_name: "Stochastic CCI",
        category: Category::Momentum,
        description: "The stochastic oscillator of the commodity channel index: the place of the \
            CCI between its extremes of the window, in percent, smoothed by a simple average, and \
            a second average as the signal. The CCI has no bounds; this one stays between 0 and \
            100: above 80 overbought, below 20 oversold. Null while the CCI stands still in one \
            of the windows.",
        aliases: &["stochastic_cci"],
        inputs: [price("high"), price("low"), price("close")],
        outputs: [
            line("k", "primary", Scale::Ratio, "Smoothed place of the CCI, from 0 to 100.")
                .with_levels(&[20.0, 80.0])
                .within(0.0, 100.0),
            line("d", "signal", Scale::Ratio, "Average of k, from 0 to 100.").within(0.0, 100.0),
        ],
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * p)",
        source: "TradingView scripts, Stochastic CCI: stoch(cci, 14) smoothed over 3 and 3 bars; \
            Lambert 1980; Lane 1984",
    }
    .indicator::<StochCci>()
}

#[derive(Clone, Parameters)]
struct StochCci {
    /// Bars of the CCI.
    #[param(default = 14, min = 2)]
    period: usize,
    /// Values of the CCI in the window of the extremes.
    #[param(default = 14, min = 2)]
    stoch_period: usize,
    /// Bars of the average that is k.
    #[param(default = 3, min = 1)]
    k_period: usize,
    /// Bars of the average of k that is d.
    #[param(default = 3, min = 1)]
    d_period: usize,
}

/// The mean, which for shares is not above the largest of them by rounding.
fn mean(window: &[f64]) -> f64 {
    (window.iter().sum::<f64>() / window.len() as f64).clamp(0.0, 100.0)
}

impl Composed<3> for StochCci {
    type Out = [f64; 2];

    fn lookback(&self) -> usize {
        self.period + self.stoch_period + self.k_period + self.d_period - 4
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [high, low, close]: [B::Line; 3]) -> B::Rows {
        let cci = ta.function(FuncId::CCI, [self.period], [&high, &low, &close]);
        let place = ta.windows(cci, self.stoch_period, |window| {
            let low = window.iter().copied().fold(f64::INFINITY, f64::min);
            let high = window.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            100.0 * ((window[window.len() - 1] - low) / (high - low))
        });
        let k = ta.windows(place, self.k_period, mean);
        let d = ta.windows(k.clone(), self.d_period, mean);
        ta.rows([&k, &d], |lines| lines)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn the_highest_cci_of_the_window_is_100() {
        let series: Vec<f64> = (0..12).map(|row| f64::from(row * row % 7)).collect();
        let inputs: [&[f64]; 3] = [&series, &series, &series];
        let cci = reals("cci", "value", json!({ "period": 2 }), &inputs);
        let params = json!({ "period": 2, "stoch_period": 3, "k_period": 1, "d_period": 1 });
        let k = reals("stoch_cci", "k", params, &inputs);
        for row in 3..12 {
            let [a, b, now] = [2, 1, 0].map(|back| cci[row - back].unwrap());
            let (low, high) = (a.min(b).min(now), a.max(b).max(now));
            let wanted = (high > low).then(|| 100.0 * ((now - low) / (high - low)));
            assert_eq!(k[row], wanted);
        }
    }
}
