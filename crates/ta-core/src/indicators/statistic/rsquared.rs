//! How well a straight line fits a window.

use crate::{pairs::Pairs, prelude::*};

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "rsquared",
        display_name: "R-Squared",
        category: Category::Statistic,
        description: "The share of the movement of the last `period` values that a straight line \
            through them explains, from 0 to 1: the square of their correlation with time. Near 1 \
            the series trends, up or down, and `linearreg_slope` says which; near 0 it goes \
            sideways. Null where the series stands still.",
        aliases: &["r2", "r_squared", "coefficient_of_determination"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Ratio, "Share explained, from 0 to 1.")
            .within(0.0, 1.0),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * p)",
        source: "Chande and Kroll, The New Technical Trader (1994): squared correlation with time",
    }
    .indicator::<RSquared>()
}

#[derive(Clone, Parameters)]
struct RSquared {
    /// Rows in the window.
    #[param(default = 14, min = 2)]
    period: usize,
}

impl Composed<1> for RSquared {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn compose<B: Blocks<f64>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let fit = ta.windows(series, self.period, |window| {
            let times = (0..window.len()).map(|row| row as f64);
            let correlation = Pairs::of(times.zip(window.iter().copied())).correlation();
            correlation * correlation
        });
        ta.rows([&fit], |[fit]| fit)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn a_line_is_explained_and_a_symmetric_peak_is_not() {
        let out =
            reals("rsquared", "value", json!({ "period": 3 }), &[&[1.0, 2.0, 3.0, 2.0, 2.0, 2.0]]);
        for (value, expected) in out[2..5].iter().zip([1.0, 0.0, 0.75]) {
            assert!((value.unwrap() - expected).abs() < 1e-12);
        }
        assert_eq!(reals("rsquared", "value", json!({ "period": 3 }), &[&[2.0; 4]]), [None; 4]);
    }
}
