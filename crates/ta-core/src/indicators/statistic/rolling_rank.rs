//! The rank of a value among those of its window.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "rolling_rank",
        display_name: "Rolling Rank",
        category: Category::Statistic,
        description: "The rank of the value among the last `period` values, itself included, as a \
            share of them: 1 is the highest, 1 / period the lowest. Equal values share the mean \
            of their ranks, as in pandas. `percentrank` leaves the value itself out and counts \
            only lower ones.",
        aliases: &["ts_rank"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Ratio, "Rank in the window, up to 1.")
            .with_levels(&[0.5])
            .within(0.0, 1.0),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * p)",
        source: "pandas rolling(period).rank(pct=True); Rank of qlib's Alpha158",
    }
    .indicator::<RollingRank>()
}

#[derive(Clone, Parameters)]
struct RollingRank {
    /// Rows in the window.
    #[param(default = 20, min = 1)]
    period: usize,
}

impl Composed<1> for RollingRank {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn compose<B: Blocks<f64>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let rank = ta.windows(series, self.period, |window| {
            let last = window[window.len() - 1];
            let lower = window.iter().filter(|value| **value < last).count();
            let equal = window.iter().filter(|value| **value == last).count();
            (lower as f64 + (equal as f64 + 1.0) / 2.0) / window.len() as f64
        });
        ta.rows([&rank], |[rank]| rank)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn equal_values_share_the_mean_of_their_ranks() {
        let out =
            reals("rolling_rank", "value", json!({ "period": 4 }), &[&[1.0, 3.0, 2.0, 3.0, 0.0]]);
        assert_eq!(out[3..], [Some(3.5 / 4.0), Some(0.25)]);
    }
}
