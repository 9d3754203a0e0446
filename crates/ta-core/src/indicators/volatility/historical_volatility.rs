//! The standard deviation of logarithmic returns, scaled to a year.

use crate::{prelude::*, windows::deviation};

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

impl HistoricalVolatility {
    /// What makes percents of a year out of a deviation.
    fn factor(&self) -> f64 {
        100.0 * self.bars_per_year.sqrt()
    }
}

impl Formula<1> for HistoricalVolatility {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period
    }

    fn compute(&self, [series]: [&[f64]; 1], out: &mut [f64]) {
        let factor = self.factor();
        let returns: Vec<f64> = series.windows(2).map(|pair| (pair[1] / pair[0]).ln()).collect();
        let deviations = deviation(&returns, self.period);
        for (value, deviation) in out[1..].iter_mut().zip(deviations) {
            *value = factor * deviation;
        }
    }

    fn bank(&self, params: &Params) -> Option<Box<dyn Bank>> {
        Some(self.by_row(params))
    }
}

#[derive(Clone, State)]
struct Returns {
    /// The last value of the series.
    last: Option<f64>,
    window: Window,
}

impl ByRow<1> for HistoricalVolatility {
    type State = Returns;

    fn start(&self) -> Returns {
        Returns { last: None, window: Window::new(self.period) }
    }

    fn next(&self, returns: &mut Returns, [value]: [f64; 1]) -> f64 {
        if let Some(last) = returns.last.replace(value) {
            returns.window.push((value / last).ln());
        }
        self.factor() * returns.window.deviation()
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
