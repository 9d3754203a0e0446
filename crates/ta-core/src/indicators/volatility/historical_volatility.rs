//! The standard deviation of logarithmic returns, scaled to a year.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "historical_volatility",
        display_name: "Historical Volatility",
        category: Category::Volatility,
        description: "The standard deviation of logarithmic returns over the window, multiplied \
            by the root of the bars in a year: how far prices moved from bar to bar, as a \
            percentage a year that can be held against an option's implied volatility. The \
            deviation is the population one, as in TA-Lib and TradingView. Where a price is 0 or \
            changes its sign there is no return, and no value while it is in the window.",
        aliases: &["hvol", "hv", "volatility"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Ratio, "Volatility in percent a year."),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * p)",
        source: "TradingView, Historical Volatility: 100 * stdev(log(x / x[1])) * sqrt(annual)",
    }
    .indicator::<HistoricalVolatility>()
}

#[derive(Clone, Parameters)]
struct HistoricalVolatility {
    /// Returns in the window.
    #[param(default = 20, min = 2)]
    period: usize,
    /// Bars in a year: 252 for trading days.
    #[param(default = 252.0, min = 1e-3, max = 1e9)]
    bars_per_year: f64,
}

impl Composed<1> for HistoricalVolatility {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let returns = ta.windows(series, 2, |pair| (pair[1] / pair[0]).ln());
        let deviation = ta.exact_deviation(returns, self.period);
        let percent_of_year = 100.0 * self.bars_per_year.sqrt();
        ta.rows([&deviation], |[deviation]| percent_of_year * deviation)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn the_deviation_of_equal_moves_up_and_down_is_their_size() {
        let values = reals(
            "historical_volatility",
            "value",
            json!({ "period": 2, "bars_per_year": 4 }),
            &[&[1.0, 2.0, 1.0, 2.0, 0.0, 1.0, 2.0, 4.0]],
        );
        let expected = 100.0 * 2f64.ln() * 2.0;
        assert!(values[2..4].iter().all(|v| (v.unwrap() - expected).abs() < 1e-12));
        assert_eq!(values[4..], [None, None, None, Some(0.0)]);
    }
}
