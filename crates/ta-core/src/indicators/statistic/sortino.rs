//! Return over the deviation of losses.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "sortino",
        display_name: "Rolling Sortino Ratio",
        category: Category::Statistic,
        description: "The mean return of a bar above a target, divided by the downside deviation: \
            the root of the mean squared shortfall below the target, over all returns of the \
            window. It is scaled to a year by the root of the bars in it. Unlike `sharpe` it does \
            not punish gains. Feed it prices or an equity curve; returns are simple ones. Null \
            where no return of the window falls short.",
        aliases: &["sortino_ratio", "rolling_sortino"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Ratio, "Sortino ratio of the window, a year.")
            .with_levels(&[0.0])
            .sparse(),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * p)",
        source: "Sortino and Price, Performance Measurement in a Downside Risk Framework (1994)",
    }
    .indicator::<Sortino>()
}

#[derive(Clone, Parameters)]
struct Sortino {
    /// Returns in the window.
    #[param(default = 252, min = 1)]
    period: usize,
    /// Target return a year, 0.04 for 4 percent.
    #[param(default = 0.0, min = -1.0, max = 10.0)]
    target: f64,
    /// Bars in a year: 252 for trading days.
    #[param(default = 252.0, min = 1e-3, max = 1e9)]
    bars_per_year: f64,
}

impl Composed<1> for Sortino {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period
    }

    fn compose<B: Blocks<f64>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let target = self.target / self.bars_per_year;
        let excess = ta.windows(series, 2, |pair| pair[1] / pair[0] - 1.0 - target);
        let ratio = ta.windows(excess, self.period, |window| {
            let n = window.len() as f64;
            let mean = window.iter().sum::<f64>() / n;
            let short: f64 = window.iter().filter(|v| **v < 0.0).map(|v| v * v).sum();
            mean / (short / n).sqrt()
        });
        ta.rows([&ratio], |[ratio]| self.bars_per_year.sqrt() * ratio)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn only_losses_are_in_the_deviation() {
        // Returns 1 and -0.5: mean 0.25, downside deviation 0.5 / sqrt(2).
        let params = json!({ "period": 2, "bars_per_year": 4 });
        let out = reals("sortino", "value", params, &[&[1.0, 2.0, 1.0, 2.0, 3.0]]);
        assert!((out[2].unwrap() - 2.0 * 0.25 / (0.5 / 2f64.sqrt())).abs() < 1e-12);
        assert_eq!(out[4], None);
    }
}
