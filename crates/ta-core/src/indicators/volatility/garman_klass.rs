//! Volatility from the ranges and bodies of bars.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "garman_klass",
        display_name: "Garman-Klass Volatility",
        category: Category::Volatility,
        description: "A volatility estimate from open, high, low and close: half of the squared \
            logarithmic range less 0.386 of the squared body, as the root of the mean over the \
            window, in percent a year like `historical_volatility`. It needs about an eighth of \
            the bars that closes need for the same accuracy. Gaps between bars do not count, and \
            a trend makes it too high; see `yang_zhang`. It is null where bars contradict \
            themselves so far that the mean is negative.",
        aliases: &["garman_klass_volatility", "gkv"],
        inputs: [price("open"), price("high"), price("low"), price("close")],
        outputs: line("value", "primary", Scale::Ratio, "Volatility in percent a year."),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * p)",
        source: "Garman and Klass, On the Estimation of Security Price Volatilities from \
            Historical Data (1980): 0.5 ln(H / L)^2 - (2 ln 2 - 1) ln(C / O)^2",
    }
    .indicator::<GarmanKlass>()
}

#[derive(Clone, Parameters)]
struct GarmanKlass {
    /// Bars in the window.
    #[param(default = 20, min = 1)]
    period: usize,
    /// Bars in a year: 252 for trading days.
    #[param(default = 252.0, min = 1e-3, max = 1e9)]
    bars_per_year: f64,
}

impl Composed<4> for GarmanKlass {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn compose<B: Blocks<f64>>(&self, ta: &B, [open, high, low, close]: [B::Line; 4]) -> B::Rows {
        let body = 2.0 * 2f64.ln() - 1.0;
        let terms = ta.map([&open, &high, &low, &close], |[open, high, low, close]| {
            0.5 * (high / low).ln().powi(2) - body * (close / open).ln().powi(2)
        });
        let sum = ta.exact_sum(terms, self.period);
        let bars = self.period as f64;
        ta.rows([&sum], |[sum]| 100.0 * (self.bars_per_year * sum / bars).sqrt())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn a_bar_without_a_body_counts_half_of_its_squared_range() {
        let values = reals(
            "garman_klass",
            "value",
            json!({ "period": 1, "bars_per_year": 2 }),
            &[&[1.0, 1.0], &[2.0, 1.0], &[1.0, 1.0], &[1.0, 1.0]],
        );
        assert!((values[0].unwrap() - 100.0 * 2f64.ln()).abs() < 1e-12);
        assert_eq!(values[1], Some(0.0));
    }
}
