//! Volatility from gaps, bodies and ranges of bars.

use crate::{prelude::*, windows::sample_variance_of};

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "yang_zhang",
        display_name: "Yang-Zhang Volatility",
        category: Category::Volatility,
        description: "A volatility estimate from open, high, low and close that counts gaps \
            between bars and that no trend biases: the variance of the gaps, plus a weighted mean \
            of the variance of the bodies and the Rogers-Satchell variance of the ranges, with \
            the weight that makes the estimate most accurate. Its root is in percent a year like \
            `historical_volatility`. It needs about a fourteenth of the bars that closes need.",
        aliases: &["yang_zhang_volatility", "yzv"],
        inputs: [price("open"), price("high"), price("low"), price("close")],
        outputs: line("value", "primary", Scale::Ratio, "Volatility in percent a year."),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * p)",
        source:
            "Yang and Zhang, Drift-Independent Volatility Estimation Based on High, Low, Open, \
            and Close Prices (2000), with k = 0.34 / (1.34 + (n + 1) / (n - 1))",
    }
    .indicator::<YangZhang>()
}

#[derive(Clone, Parameters)]
struct YangZhang {
    /// Bars in the window.
    #[param(default = 20, min = 2)]
    period: usize,
    /// Bars in a year: 252 for trading days.
    #[param(default = 252.0, min = 1e-3, max = 1e9)]
    bars_per_year: f64,
}

impl Composed<4> for YangZhang {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period
    }

    fn compose<B: Blocks<f64>>(&self, ta: &B, [open, high, low, close]: [B::Line; 4]) -> B::Rows {
        let n = self.period as f64;
        let weight = 0.34 / (1.34 + (n + 1.0) / (n - 1.0));
        let before = ta.shift(&close, 1);
        let gaps = ta.map([&open, &before], |[open, before]| (open / before).ln());
        let bodies = ta.map([&open, &close], |[open, close]| (close / open).ln());
        let ranges = ta.map([&open, &high, &low, &close], |[open, high, low, close]| {
            (high / close).ln() * (high / open).ln() + (low / close).ln() * (low / open).ln()
        });
        let gaps = ta.windows(gaps, self.period, sample_variance_of);
        let bodies = ta.windows(bodies, self.period, sample_variance_of);
        let ranges = ta.exact_sum(ranges, self.period);
        ta.rows([&gaps, &bodies, &ranges], |[gaps, bodies, ranges]| {
            let variance = gaps + weight * bodies + (1.0 - weight) * ranges / n;
            100.0 * (self.bars_per_year * variance).sqrt()
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn only_gaps_move_the_price() {
        // Gaps up and down by a factor of two: a variance of 2 ln(2)^2 over two of them.
        let price = [1.0, 2.0, 1.0, 2.0];
        let values = reals(
            "yang_zhang",
            "value",
            json!({ "period": 2, "bars_per_year": 2 }),
            &[&price, &price, &price, &price],
        );
        assert_eq!(values[..2], [None, None]);
        assert!(values[2..].iter().all(|v| (v.unwrap() - 200.0 * 2f64.ln()).abs() < 1e-12));
    }
}
