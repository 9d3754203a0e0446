//! Gains over losses.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "omega",
        display_name: "Rolling Omega Ratio",
        category: Category::Statistic,
        description: "The sum of what the returns of the window exceed a target by, divided by \
            the sum of what the others fall short of it by. It reads the whole distribution and \
            is 1 where the mean return is the target. Feed it prices or an equity curve; returns \
            are simple ones. Null where no return of the window falls short.",
        aliases: &["omega_ratio", "rolling_omega"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Ratio, "Gains over losses; 1 is even.")
            .with_levels(&[1.0])
            .sparse(),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * p)",
        source: "Keating and Shadwick, A Universal Performance Measure (2002)",
    }
    .indicator::<Omega>()
}

#[derive(Clone, Parameters)]
struct Omega {
    /// Returns in the window.
    #[param(default = 252, min = 1)]
    period: usize,
    /// Target return of a bar, 0.001 for a tenth of a percent.
    #[param(default = 0.0, min = -1.0, max = 10.0)]
    target: f64,
}

impl Composed<1> for Omega {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period
    }

    fn compose<B: Blocks<f64>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let excess = ta.windows(series, 2, |pair| pair[1] / pair[0] - 1.0 - self.target);
        let sum_of = |keep: fn(f64) -> bool| {
            move |window: &[f64]| {
                window.iter().filter(|v| keep(**v)).fold(0.0, |sum, v| sum + v.abs())
            }
        };
        let gains = ta.windows(excess.clone(), self.period, sum_of(|value| value > 0.0));
        let losses = ta.windows(excess, self.period, sum_of(|value| value < 0.0));
        ta.rows([&gains, &losses], |[gains, losses]| gains / losses)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn a_gain_of_all_against_a_loss_of_half() {
        let out = reals("omega", "value", json!({ "period": 2 }), &[&[1.0, 2.0, 1.0, 2.0, 3.0]]);
        assert_eq!(out, [None, None, Some(2.0), Some(2.0), None]);
    }
}
