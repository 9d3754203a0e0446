//! The root of the summed squared returns of a window.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "realized_volatility",
        display_name: "Realized Volatility",
        category: Category::Volatility,
        description: "The root of the sum of squared logarithmic returns over the window, scaled \
            to percent a year. It is `historical_volatility` around a mean of zero, which is how \
            options desks and the literature on intraday returns measure what an option would \
            have paid for: a steady trend counts too. Where a price is 0 or changes its sign \
            there is no return, and no value while it is in the window.",
        aliases: &["realised_volatility", "rv"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Ratio, "Volatility in percent a year."),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * p)",
        source: "Andersen and Bollerslev, Answering the Skeptics (1998): sqrt(sum(r^2)); \
            variance-swap convention for the scale",
    }
    .indicator::<RealizedVolatility>()
}

#[derive(Clone, Parameters)]
struct RealizedVolatility {
    /// Returns in the window.
    #[param(default = 20, min = 1)]
    period: usize,
    /// Bars in a year: 252 for trading days.
    #[param(default = 252.0, min = 1e-3, max = 1e9)]
    bars_per_year: f64,
}

impl Composed<1> for RealizedVolatility {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period
    }

    fn compose<B: Blocks<f64>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let squares = ta.windows(series, 2, |pair| (pair[1] / pair[0]).ln().powi(2));
        let sum = ta.exact_sum(squares, self.period);
        let years = self.bars_per_year / self.period as f64;
        ta.rows([&sum], |[sum]| 100.0 * (years * sum).sqrt())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn a_steady_rise_counts() {
        let values = reals(
            "realized_volatility",
            "value",
            json!({ "period": 2, "bars_per_year": 4 }),
            &[&[1.0, 2.0, 4.0, 8.0]],
        );
        assert_eq!(values[..2], [None, None]);
        assert!(values[2..].iter().all(|v| (v.unwrap() - 200.0 * 2f64.ln()).abs() < 1e-12));
    }
}
