//! Whether the average close is in the upper or the lower half of the range.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "ttm_trend",
        display_name: "TTM Trend",
        category: Category::Momentum,
        description: "John Carter's trend colour: 1 while the mean close of the last bars, this \
            one included, is in the upper half of their range from lowest low to highest high, -1 \
            in the lower half, 0 on the middle. Two bars of the same colour are taken as the \
            trend. Definitions differ: some scripts compare the close with an average of medians, \
            thinkorswim colours smoothed candles.",
        aliases: &["trade_the_market_trend"],
        inputs: [price("high"), price("low"), price("close")],
        outputs: (
            [
                line("average", "primary", Scale::Price, "Mean of the last closes."),
                line("middle", "middle", Scale::Price, "Middle of the range of the last bars."),
            ],
            signal("trend", "direction", Scale::Ratio, "1 in the upper half, -1 in the lower one.")
                .within(-1.0, 1.0),
        ),
        memory: Memory::Window,
        pane: Pane::Overlay,
        complexity: "O(n * p)",
        source: "J. Carter, Mastering the Trade (2005); thinkorswim, TTM_Trend",
    }
    .indicator::<TtmTrend>()
}

#[derive(Clone, Parameters)]
struct TtmTrend {
    /// Bars of the mean and of the range.
    #[param(default = 6, min = 1)]
    period: usize,
}

impl Composed<3> for TtmTrend {
    type Out = ([f64; 2], i32);

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [high, low, close]: [B::Line; 3]) -> B::Rows {
        let (top, bottom) = (ta.highest(&high, self.period), ta.lowest(&low, self.period));
        let total = ta.exact_sum(&close, self.period);
        ta.rows([&top, &bottom, &total], |[top, bottom, total]| {
            let (average, middle) = (total / self.period as f64, (top + bottom) / 2.0);
            ([average, middle], i32::from(average > middle) - i32::from(average < middle))
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::wholes;

    #[test]
    fn the_trend_is_the_half_of_the_range() {
        let (high, low) = ([4.0, 4.0, 4.0, 4.0], [0.0, 0.0, 0.0, 0.0]);
        let close = [3.0, 2.0, 2.0, 1.0];
        let out = wholes("ttm_trend", "trend", json!({ "period": 2 }), &[&high, &low, &close]);
        assert_eq!(out, [None, Some(1), Some(0), Some(-1)]);
    }
}
