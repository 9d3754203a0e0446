//! Trailing stops at a distance below the highest high and above the lowest low.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "chandelier_exit",
        display_name: "Chandelier Exit",
        category: Category::Volatility,
        description: "Stops that trail the extremes by a multiple of the average true range: the \
            long stop hangs below the highest high of the window, the short stop stands above \
            the lowest low. A long position is left when the close falls below the long stop, a \
            short one when it rises above the short stop.",
        aliases: &["ce", "chandelier"],
        inputs: [price("high"), price("low"), price("close")],
        outputs: [
            line("long", "long", Scale::Price, "Stop of a long position, below the highest high."),
            line("short", "short", Scale::Price, "Stop of a short position, above the lowest low."),
        ],
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "Le Beau; StockCharts ChartSchool, Chandelier Exit: highest high - 3 * ATR(22)",
    }
    .indicator::<ChandelierExit>()
}

#[derive(Clone, Parameters)]
struct ChandelierExit {
    /// Bars in the window of the extremes.
    #[param(default = 22, min = 1)]
    period: usize,
    /// Bars of Wilder's average of the true range.
    #[param(default = 22, min = 1)]
    atr_period: usize,
    /// Average true ranges between extreme and stop.
    #[param(default = 3.0, min = 0.0, max = 1e9)]
    multiplier: f64,
}

impl Composed<3> for ChandelierExit {
    type Out = [f64; 2];

    fn lookback(&self) -> usize {
        (self.period - 1).max(self.atr_period)
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [high, low, close]: [B::Line; 3]) -> B::Rows {
        let range = ta.atr([&high, &low, &close], self.atr_period);
        let (top, bottom) = (ta.highest(&high, self.period), ta.lowest(&low, self.period));
        ta.rows([&top, &bottom, &range], |[top, bottom, range]| {
            [top - self.multiplier * range, bottom + self.multiplier * range]
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::run;

    #[test]
    fn constant_ranges_keep_a_constant_distance() {
        let close: Vec<f64> = (0..6).map(f64::from).collect();
        let high: Vec<f64> = close.iter().map(|c| c + 1.0).collect();
        let low: Vec<f64> = close.iter().map(|c| c - 1.0).collect();
        let out = run(
            "chandelier_exit",
            json!({ "period": 2, "atr_period": 2, "multiplier": 1.5 }),
            &[&high, &low, &close],
        );
        // The true range is 2 on every bar, so the stop is 3 below the latest high.
        let stops: Vec<Option<f64>> =
            (0..6).map(|i| (i >= 2).then(|| f64::from(i) + 1.0 - 3.0)).collect();
        assert_eq!(out[0].as_f64().unwrap(), stops);
    }
}
