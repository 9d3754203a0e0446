//! The root mean square of drawdowns, which measures their depth and duration.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "ulcer_index",
        display_name: "Ulcer Index",
        category: Category::Volatility,
        description: "Peter Martin's measure of downside risk: the quadratic mean, over the \
            window, of the percentages by which the series stood below its highest value of the \
            period bars up to there. It is 0 while every bar is a new high and grows with the \
            depth and the length of drawdowns; rises count for nothing. Where the highest value \
            is 0 there is no percentage, and no value.",
        aliases: &["ui", "ulcer"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Ratio, "Quadratic mean drawdown in percent."),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * p)",
        source: "Martin and McCann, The Investor's Guide to Fidelity Funds (1989); StockCharts \
            ChartSchool, Ulcer Index",
    }
    .indicator::<UlcerIndex>()
}

#[derive(Clone, Parameters)]
struct UlcerIndex {
    /// Bars for the highest value, and bars in the mean.
    #[param(default = 14, min = 1)]
    period: usize,
}

impl Composed<1> for UlcerIndex {
    type Out = f64;

    fn lookback(&self) -> usize {
        2 * (self.period - 1)
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let top = ta.highest(&series, self.period);
        let squares = ta.map([&series, &top], |[value, top]| {
            let drawdown = 100.0 * ((value - top) / top);
            drawdown * drawdown
        });
        // The root would enlarge the rounding error of a running sum.
        let sum = ta.exact_sum(squares, self.period);
        ta.rows([&sum], |[sum]| (sum / self.period as f64).sqrt())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn only_falls_count_until_they_leave_the_window() {
        let series = [80.0, 90.0, 100.0, 90.0, 95.0, 99.0];
        let values = reals("ulcer_index", "value", json!({ "period": 2 }), &[&series]);
        // One fall of 10 percent: sqrt((0 + 100) / 2), on its bar and the next.
        let fall = Some(50f64.sqrt());
        assert_eq!(values, [None, None, Some(0.0), fall, fall, Some(0.0)]);
    }
}
