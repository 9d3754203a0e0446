//! The return that a benchmark does not explain.

use crate::{pairs::Pairs, prelude::*};

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "jensen_alpha",
        display_name: "Rolling Alpha and Beta",
        category: Category::Statistic,
        description:
            "Jensen's alpha: the mean return of the series above the risk-free rate, less \
            beta times that of the benchmark, a year; and beta itself, the slope of the returns \
            on those of the benchmark. Both read simple returns of the last `period` bars. \
            TA-Lib's `beta` is another regression: its default is 5 bars. Null where the \
            benchmark stands still.",
        aliases: &["rolling_alpha", "alpha_beta"],
        inputs: [slot("series", Some("close")), slot("benchmark", None)],
        outputs: [
            line(
                "alpha",
                "primary",
                Scale::Ratio,
                "Return a year that the benchmark does not explain.",
            )
            .with_levels(&[0.0]),
            line("beta", "beta", Scale::Ratio, "Return for each unit of the benchmark's.")
                .with_levels(&[1.0]),
        ],
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * p)",
        source: "Jensen, The Performance of Mutual Funds in the Period 1945-1964 (1968)",
    }
    .indicator::<JensenAlpha>()
}

#[derive(Parameters)]
struct JensenAlpha {
    /// Returns in the window.
    #[param(default = 60, min = 2)]
    period: usize,
    /// Risk-free return a year, 0.04 for 4 percent.
    #[param(default = 0.0, min = -1.0, max = 10.0)]
    risk_free: f64,
    /// Bars in a year: 252 for trading days.
    #[param(default = 252.0, min = 1e-3, max = 1e9)]
    bars_per_year: f64,
}

impl Formula<2> for JensenAlpha {
    type Out = [f64; 2];

    fn lookback(&self) -> usize {
        self.period
    }

    fn compute(&self, [series, benchmark]: [&[f64]; 2], [alphas, betas]: [&mut [f64]; 2]) {
        let free = self.risk_free / self.bars_per_year;
        let excess = |pair: &[f64]| pair[1] / pair[0] - 1.0 - free;
        let windows = series.windows(self.period + 1).zip(benchmark.windows(self.period + 1));
        for (row, (series, benchmark)) in (self.period..).zip(windows) {
            let returns = series.windows(2).map(excess);
            let pairs = Pairs::of(benchmark.windows(2).map(excess).zip(returns));
            let beta = pairs.slope();
            alphas[row] = self.bars_per_year * (pairs.means.1 - beta * pairs.means.0);
            betas[row] = beta;
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn twice_the_move_of_the_benchmark_and_a_tenth_more() {
        let benchmark = [1.0, 1.5, 1.5, 1.8];
        // Returns 0.5, 0 and 0.2, so these are 1.1, 0.1 and 0.5.
        let series = [1.0, 2.1, 2.31, 3.465];
        let params = json!({ "period": 3, "bars_per_year": 10 });
        let last = |output| {
            reals("jensen_alpha", output, params.clone(), &[&series, &benchmark])[3].unwrap()
        };
        assert!((last("alpha") - 1.0).abs() < 1e-9);
        assert!((last("beta") - 2.0).abs() < 1e-9);
    }
}
