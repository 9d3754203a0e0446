//! Whether the trend and its momentum rise or fall together.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "elder_impulse",
        display_name: "Elder Impulse System",
        category: Category::Momentum,
        description: "Alexander Elder's bar colours: 1 (green) where both an exponential average \
            and the MACD histogram rose since the bar before, -1 (red) where both fell, 0 (blue) \
            where they disagree. Green forbids to sell short, red to buy; trades are entered when \
            the opposite colour ends. StockCharts and TradingView use the same averages.",
        aliases: &["impulse_system", "elder_impulse_system"],
        inputs: [slot("series", Some("close"))],
        outputs: signal("value", "direction", Scale::Ratio, "1 green, -1 red, 0 blue.")
            .within(-1.0, 1.0),
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "A. Elder, Come Into My Trading Room (2002): slopes of EMA(13) and of the MACD \
            histogram (12, 26, 9)",
    }
    .indicator::<Impulse>()
}

#[derive(Clone, Parameters)]
struct Impulse {
    /// Bars of the average that is the trend.
    #[param(default = 13, min = 1)]
    period: usize,
    /// Bars of the fast average of MACD.
    #[param(default = 12, min = 1)]
    fast_period: usize,
    /// Bars of the slow average of MACD.
    #[param(default = 26, min = 1)]
    slow_period: usize,
    /// Bars of the average of MACD that is its signal.
    #[param(default = 9, min = 1)]
    signal_period: usize,
}

impl Composed<1> for Impulse {
    type Out = i32;

    fn lookback(&self) -> usize {
        let macd = self.fast_period.max(self.slow_period) - 1 + self.signal_period - 1;
        macd.max(self.period - 1) + 1
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let trend = ta.ema(&series, self.period);
        let (fast, slow) = (ta.ema(&series, self.fast_period), ta.ema(&series, self.slow_period));
        let macd = ta.map([&fast, &slow], |[fast, slow]| fast - slow);
        let signal = ta.ema(&macd, self.signal_period);
        let momentum = ta.map([&macd, &signal], |[macd, signal]| macd - signal);
        let (before, slower) = (ta.shift(&trend, 1), ta.shift(&momentum, 1));
        ta.rows([&trend, &before, &momentum, &slower], |[trend, before, momentum, slower]| {
            let (rises, falls) =
                (trend > before && momentum > slower, trend < before && momentum < slower);
            i32::from(rises) - i32::from(falls)
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::wholes;

    #[test]
    fn a_turn_changes_the_colour() {
        let params = json!({ "period": 1, "fast_period": 1, "slow_period": 2, "signal_period": 2 });
        let series = [1.0, 2.0, 3.0, 9.0, 2.0, 1.0];
        let out = wholes("elder_impulse", "value", params, &[&series]);
        assert_eq!(out[..5], [None, None, None, Some(1), Some(-1)]);
    }
}
