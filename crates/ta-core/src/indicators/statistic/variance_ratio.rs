//! The variance of long returns against that of short ones.

use crate::{prelude::*, windows::sums_of};

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "variance_ratio",
        display_name: "Variance Ratio",
        category: Category::Statistic,
        description: "Lo and MacKinlay's test of a random walk: the variance of the logarithmic \
            returns over `horizon` bars, divided by `horizon` times that of the returns over one \
            bar, with their corrections for overlap and small samples. It is 1 for a random walk, \
            above 1 where moves go on, below 1 where they turn back. Null where the series stands \
            still, or a value is not positive.",
        aliases: &["lo_mackinlay"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Ratio, "Ratio of variances; 1 is a random walk.")
            .with_levels(&[1.0]),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * p)",
        source: "Lo and MacKinlay, Stock Market Prices Do Not Follow Random Walks (1988), \
            overlapping and unbiased",
    }
    .indicator::<VarianceRatio>()
}

#[derive(Clone, Parameters)]
struct VarianceRatio {
    /// Returns in the window.
    #[param(default = 100, min = 3)]
    period: usize,
    /// Bars of a long return.
    #[param(default = 5, min = 2)]
    horizon: usize,
}

impl Composed<1> for VarianceRatio {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period
    }

    fn accepts(&self) -> bool {
        self.horizon < self.period
    }

    fn compose<B: Blocks<f64>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let returns = ta.windows(series, 2, |pair| (pair[1] / pair[0]).ln());
        let ratio = ta.windows(returns, self.period, |returns| self.ratio(returns));
        ta.rows([&ratio], |[ratio]| ratio)
    }
}

impl VarianceRatio {
    fn ratio(&self, returns: &[f64]) -> f64 {
        let (n, q) = (self.period as f64, self.horizon as f64);
        let drift = returns.iter().sum::<f64>() / n;
        let squares = |bars: usize| -> f64 {
            let rest = |sum: f64| sum - bars as f64 * drift;
            sums_of(returns, bars).map(|sum| rest(sum) * rest(sum)).sum()
        };
        let short = squares(1) / (n - 1.0);
        let long = squares(self.horizon) / (q * (n - q + 1.0) * (1.0 - q / n));
        if short > 0.0 {
            long / short
        } else {
            f64::NAN
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn a_zigzag_turns_back_and_a_slow_wave_goes_on() {
        let of = |series: &[f64]| {
            let params = json!({ "period": 20, "horizon": 2 });
            reals("variance_ratio", "value", params, &[series])[20].unwrap()
        };
        let zigzag: Vec<f64> = (0..21).map(|row| 10.0 + f64::from(row % 2)).collect();
        assert!(of(&zigzag) < 1e-9);
        let wave: Vec<f64> = (0..21).map(|row| 10.0 + (f64::from(row) / 5.0).sin()).collect();
        assert!(of(&wave) > 1.5);
    }
}
