//! Volatility from the ranges of bars.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "parkinson",
        display_name: "Parkinson Volatility",
        category: Category::Volatility,
        description: "A volatility estimate from high and low alone: the root of the mean squared \
            logarithmic range, scaled so that it equals the deviation of returns of a series \
            that moves evenly, in percent a year like `historical_volatility`. It needs about a \
            fifth of the bars that closes need for the same accuracy. Gaps between bars do not \
            count, and a trend makes it too high.",
        aliases: &["parkinson_volatility"],
        inputs: [price("high"), price("low")],
        outputs: line("value", "primary", Scale::Ratio, "Volatility in percent a year."),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * p)",
        source: "Parkinson, The Extreme Value Method for Estimating the Variance of the Rate of \
            Return (1980): sqrt(mean(ln(H / L)^2) / (4 ln 2))",
    }
    .indicator::<Parkinson>()
}

#[derive(Clone, Parameters)]
struct Parkinson {
    /// Bars in the window.
    #[param(default = 20, min = 1)]
    period: usize,
    /// Bars in a year: 252 for trading days.
    #[param(default = 252.0, min = 1e-3, max = 1e9)]
    bars_per_year: f64,
}

impl Composed<2> for Parkinson {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn compose<B: Blocks<f64>>(&self, ta: &B, [high, low]: [B::Line; 2]) -> B::Rows {
        let squares = ta.map([&high, &low], |[high, low]| (high / low).ln().powi(2));
        let sum = ta.exact_sum(squares, self.period);
        let bars = self.period as f64 * 4.0 * 2f64.ln();
        ta.rows([&sum], |[sum]| 100.0 * (self.bars_per_year * sum / bars).sqrt())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn a_range_of_one_doubling_in_every_bar() {
        let values = reals(
            "parkinson",
            "value",
            json!({ "period": 2, "bars_per_year": 4 }),
            &[&[2.0, 4.0, 6.0], &[1.0, 2.0, 3.0]],
        );
        assert_eq!(values[0], None);
        let expected = 100.0 * 2f64.ln().sqrt();
        assert!(values[1..].iter().all(|v| (v.unwrap() - expected).abs() < 1e-12));
    }
}
