//! Return over deviation.

use crate::{
    prelude::*,
    windows::{all_equal, sample_variance_of},
};

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "sharpe",
        display_name: "Rolling Sharpe Ratio",
        category: Category::Statistic,
        description: "The mean return of a bar above the risk-free rate, divided by the sample \
            deviation of the returns of the window, and scaled to a year by the root of the bars \
            in it. Feed it prices or an equity curve; returns are simple ones. 1 is called good, \
            2 very good, for a whole year of days. Null where the returns of the window are all \
            equal.",
        aliases: &["sharpe_ratio", "rolling_sharpe"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Ratio, "Sharpe ratio of the window, a year.")
            .with_levels(&[0.0]),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * p)",
        source: "Sharpe, The Sharpe Ratio, Journal of Portfolio Management (1994), ex post",
    }
    .indicator::<Sharpe>()
}

#[derive(Clone, Parameters)]
struct Sharpe {
    /// Returns in the window.
    #[param(default = 252, min = 2)]
    period: usize,
    /// Risk-free return a year, 0.04 for 4 percent.
    #[param(default = 0.0, min = -1.0, max = 10.0)]
    risk_free: f64,
    /// Bars in a year: 252 for trading days.
    #[param(default = 252.0, min = 1e-3, max = 1e9)]
    bars_per_year: f64,
}

impl Composed<1> for Sharpe {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period
    }

    fn compose<B: Blocks<f64>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let free = self.risk_free / self.bars_per_year;
        let excess = ta.windows(series, 2, |pair| pair[1] / pair[0] - 1.0 - free);
        let ratio = ta.windows(excess, self.period, |window| {
            if all_equal(window) {
                return f64::NAN;
            }
            let mean = window.iter().sum::<f64>() / window.len() as f64;
            mean / sample_variance_of(window).sqrt()
        });
        ta.rows([&ratio], |[ratio]| self.bars_per_year.sqrt() * ratio)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn a_gain_of_all_and_a_loss_of_half() {
        // Returns 1 and -0.5: mean 0.25, sample deviation 0.75 * sqrt(2).
        let params = json!({ "period": 2, "bars_per_year": 4 });
        let out = reals("sharpe", "value", params, &[&[1.0, 2.0, 1.0, 1.0, 1.0]]);
        assert_eq!(out[..2], [None, None]);
        assert!((out[2].unwrap() - 2.0 * 0.25 / (0.75 * 2f64.sqrt())).abs() < 1e-12);
        assert_eq!(out[4], None);
    }
}
