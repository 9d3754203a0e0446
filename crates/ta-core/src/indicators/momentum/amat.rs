//! Whether two averages agree on the direction of the trend.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "amat",
        display_name: "Archer Moving Averages Trends",
        category: Category::Momentum,
        description: "Trend flags from a fast and a slow exponential average, each compared with \
            itself some bars earlier. A long run is marked where the fast average has risen \
            while the slow one fell (a possible bottom) or rose too (an uptrend); a short run \
            where the fast one has fallen while the slow one rose (a possible top) or fell too. \
            Both are false where one of the averages has not moved.",
        aliases: &["archer_moving_averages_trends"],
        inputs: [slot("series", Some("close"))],
        outputs: [
            event("long", "event", "True where the averages speak for a rise."),
            event("short", "event", "True where the averages speak for a fall."),
        ],
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "Archer Moving Averages Trends (TradingView, nhQe8QJ0), as in pandas-ta",
    }
    .indicator::<Amat>()
}

#[derive(Clone, Parameters)]
struct Amat {
    /// Bars of the fast exponential average.
    #[param(default = 8, min = 1)]
    fast_period: usize,
    /// Bars of the slow exponential average.
    #[param(default = 21, min = 1)]
    slow_period: usize,
    /// Bars back to which each average is compared.
    #[param(default = 2, min = 1)]
    run_period: usize,
}

impl Composed<1> for Amat {
    type Out = [bool; 2];

    fn lookback(&self) -> usize {
        self.fast_period.max(self.slow_period) - 1 + self.run_period
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let fast = ta.ema(&series, self.fast_period);
        let slow = ta.ema(&series, self.slow_period);
        let past = [&fast, &slow].map(|average| ta.shift(average, self.run_period));
        ta.rows([&fast, &slow, &past[0], &past[1]], |[fast, slow, past_fast, past_slow]| {
            let (rise, moved) = (fast - past_fast, (slow - past_slow).abs() > 0.0);
            [rise > 0.0 && moved, rise < 0.0 && moved]
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{kernel::Computed, testing::run};

    #[test]
    fn there_is_no_trend_while_an_average_does_not_move() {
        let out = run(
            "amat",
            json!({ "fast_period": 1, "slow_period": 1, "run_period": 2 }),
            &[&[1.0, 2.0, 3.0, 2.0, 1.0]],
        );
        let flags = |v: [bool; 3]| {
            Computed::Bool([None, None].into_iter().chain(v.map(Some)).collect::<Vec<_>>())
        };
        assert_eq!(out[0], flags([true, false, false]));
        assert_eq!(out[1], flags([false, false, true]));
    }
}
