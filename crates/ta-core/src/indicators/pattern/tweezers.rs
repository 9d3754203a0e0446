//! Two bars of opposite colours that turn at the same price.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "tweezers",
        display_name: "Tweezers",
        category: Category::Pattern,
        description: "Tweezer tops and bottoms. A top is a long rising bar that closed above the \
            average of closes, followed by a falling bar with the same high: sellers held a \
            level twice, and a turn down is expected. A bottom is the reverse with the same low. \
            Highs or lows are the same if they differ by at most `tolerance` average bodies, and \
            a bar is long if its body is above the average (exponential). The rules and defaults \
            are TradingView's, without its rule about dojis; Nison asks neither for colours nor \
            for long bars.",
        aliases: &["tweezer_top_bottom"],
        inputs: [price("open"), price("high"), price("low"), price("close")],
        outputs: [
            event("top", "upper", "True on the second bar of a tweezer top."),
            event("bottom", "lower", "True on the second bar of a tweezer bottom."),
        ],
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n * trend_period)",
        source: "TradingView, built-in candlestick patterns Tweezer Top and Tweezer Bottom",
    }
    .indicator::<Tweezers>()
}

#[derive(Clone, Parameters)]
struct Tweezers {
    /// Bars of the simple average of closes that tells the trend.
    #[param(default = 50, min = 1)]
    trend_period: usize,
    /// Bars of the exponential average of bodies.
    #[param(default = 14, min = 1)]
    body_period: usize,
    /// Average bodies between highs, or lows, that are the same.
    #[param(default = 0.05, min = 0.0, max = 1e9)]
    tolerance: f64,
}

impl Composed<4> for Tweezers {
    type Out = [bool; 2];

    fn lookback(&self) -> usize {
        self.trend_period.max(self.body_period)
    }

    fn compose<B: Blocks<Self::Out>>(
        &self,
        ta: &B,
        [open, high, low, close]: [B::Line; 4],
    ) -> B::Rows {
        let change = ta.map([&open, &close], |[open, close]| close - open);
        let average = ta.ema(ta.map([&change], |[change]| change.abs()), self.body_period);
        let trend = ta.exact_sum(&close, self.trend_period);
        let count = self.trend_period as f64;
        let above = ta.map([&close, &trend], |[close, sum]| close - sum / count);
        // Of the bar before: how far it closed above the trend, its body, and the usual body.
        let (above, first) = (ta.shift(above, 1), ta.shift(&change, 1));
        let usual = ta.shift(&average, 1);
        let moved =
            [&high, &low].map(|line| ta.windows(line.clone(), 2, |pair| (pair[1] - pair[0]).abs()));
        let lines = [&above, &first, &usual, &change, &average, &moved[0], &moved[1]];
        ta.rows(lines, |[above, first, usual, second, average, high, low]| {
            let long = first.abs() > usual;
            let near = self.tolerance * average;
            let top = above > 0.0 && first > 0.0 && second < 0.0 && high <= near;
            let bottom = above < 0.0 && first < 0.0 && second > 0.0 && low <= near;
            [long && top, long && bottom]
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::events;

    #[test]
    fn a_top_needs_a_long_rise_and_the_same_high() {
        let close = [10.0, 11.0, 15.0, 12.0, 12.0];
        let open = [10.0, 10.0, 11.0, 15.0, 12.0];
        let of = |output, sign: f64, second: f64| {
            let high = [10.5, 11.5, 15.5, second, 13.0];
            let low = [9.0, 10.0, 11.0, 11.0, 11.0];
            let bars = [open, high, low, close].map(|line| line.map(|v: f64| sign * v));
            let [open, mut high, mut low, close] = bars;
            if sign < 0.0 {
                (high, low) = (low, high);
            }
            let given = json!({ "trend_period": 3, "body_period": 2 });
            events("tweezers", output, given, &[&open, &high, &low, &close])
        };
        let found = [None, None, None, Some(true), Some(false)];
        assert_eq!(of("top", 1.0, 15.5), found);
        assert_eq!(of("bottom", -1.0, 15.5), found);
        assert_eq!(of("bottom", 1.0, 15.5)[3], Some(false));
        assert_eq!(of("top", 1.0, 16.0)[3], Some(false));
    }
}
