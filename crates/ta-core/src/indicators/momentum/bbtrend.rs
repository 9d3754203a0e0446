//! Short Bollinger Bands against long ones.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "bbtrend",
        display_name: "BBTrend",
        category: Category::Momentum,
        description: "John Bollinger's trend measure: the distance between the lower bands of a \
            short and a long Bollinger Band less that between the upper bands, in percent of the \
            short middle. Above 0 the trend is up, below 0 down; how far from 0 says how strong \
            it is. The standard deviations are population ones.",
        aliases: &["bollinger_bands_trend", "bb_trend"],
        inputs: [slot("series", Some("close"))],
        outputs: histogram("value", "primary", Scale::Ratio, "Trend in percent of the middle.")
            .with_levels(&[0.0]),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * p)",
        source: "TradingView, BBTrend (20, 50, 2), after J. Bollinger",
    }
    .indicator::<BbTrend>()
}

#[derive(Clone, Parameters)]
struct BbTrend {
    /// Values of the short bands.
    #[param(default = 20, min = 2)]
    fast_period: usize,
    /// Values of the long bands.
    #[param(default = 50, min = 2)]
    slow_period: usize,
    /// Standard deviations between the middle and a band.
    #[param(default = 2.0, min = 0.0, max = 1e9)]
    nb_dev: f64,
}

impl Composed<1> for BbTrend {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.fast_period.max(self.slow_period) - 1
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let bands = |period| (ta.sma(&series, period), ta.exact_deviation(&series, period));
        let (short, short_deviation) = bands(self.fast_period);
        let (long, long_deviation) = bands(self.slow_period);
        let lines = [&short, &short_deviation, &long, &long_deviation];
        ta.rows(lines, |[short, short_deviation, long, long_deviation]| {
            let between = |deviations: f64| {
                (short - long + deviations * (short_deviation - long_deviation)).abs()
            };
            100.0 * (between(-self.nb_dev) - between(self.nb_dev)) / short
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn a_rise_opens_the_lower_side() {
        let params = json!({ "fast_period": 2, "slow_period": 3, "nb_dev": 1 });
        let out = reals("bbtrend", "value", params, &[&[1.0, 2.0, 3.0]]);
        // Bands of 2.5 and 0.5 against 2 and the root of 2 / 3.
        let deviation = (2f64 / 3.0).sqrt();
        let wanted =
            100.0 * ((2.0 - (2.0 - deviation)).abs() - (3.0 - 2.0 - deviation).abs()) / 2.5;
        assert!((out[2].unwrap() - wanted).abs() < 1e-9);
    }
}
