//! Stops beyond the average noise of the bars against the trend.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "safezone",
        display_name: "Elder SafeZone Stops",
        category: Category::Volatility,
        description: "Alexander Elder's stops for a long and for a short position. Noise of an \
            uptrend is the part of a bar below the low of the bar before; its average over the \
            bars that have any, times a factor, is taken off this bar's low, and the stop of the \
            next bar is the highest of the last few such levels. The short stop mirrors it. Use \
            the stop of the side of the trend, such as the slope of a 22-bar average.",
        aliases: &["safezone_stop", "elder_safezone"],
        inputs: [price("high"), price("low")],
        outputs: [
            line("long", "long", Scale::Price, "Stop of a long position, for the next bar."),
            line("short", "short", Scale::Price, "Stop of a short position, for the next bar."),
        ],
        memory: Memory::Window,
        pane: Pane::Overlay,
        complexity: "O(n * p)",
        source: "A. Elder, Come Into My Trading Room (2002), SafeZone: low - 2 * average downside \
            penetration, kept for 3 days",
    }
    .indicator::<SafeZone>()
}

#[derive(Clone, Parameters)]
struct SafeZone {
    /// Bars whose noise is averaged.
    #[param(default = 10, min = 1)]
    period: usize,
    /// Average penetrations between the bar and its level.
    #[param(default = 2.0, min = 0.0, max = 1e9)]
    multiplier: f64,
    /// Levels of which the stop is the tightest.
    #[param(default = 3, min = 1)]
    hold: usize,
}

/// The mean of the values above 0; 0 if there are none, and NaN before the first change.
fn mean_penetration(values: &[f64]) -> f64 {
    let total: f64 = values.iter().map(|v| if *v < 0.0 { 0.0 } else { *v }).sum();
    let count = values.iter().filter(|v| **v > 0.0).count();
    total / count.max(1) as f64
}

impl Composed<2> for SafeZone {
    type Out = [f64; 2];

    fn lookback(&self) -> usize {
        self.period + self.hold - 1
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [high, low]: [B::Line; 2]) -> B::Rows {
        let noise = |penetration| ta.windows(penetration, self.period, mean_penetration);
        let below = noise(ta.windows(low.clone(), 2, |pair| pair[0] - pair[1]));
        let above = noise(ta.windows(high.clone(), 2, |pair| pair[1] - pair[0]));
        let long = ta.map([&low, &below], |[low, below]| low - self.multiplier * below);
        let short = ta.map([&high, &above], |[high, above]| high + self.multiplier * above);
        let (long, short) = (ta.highest(long, self.hold), ta.lowest(short, self.hold));
        ta.rows([&long, &short], |stops| stops)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn only_bars_with_noise_count_and_the_tightest_level_holds() {
        let low = [10.0, 9.0, 12.0, 9.0, 8.0];
        let high = low.map(|l| l + 5.0);
        let params = json!({ "period": 2, "multiplier": 2.0, "hold": 2 });
        let long = reals("safezone", "long", params, &[&high, &low]);
        // Levels from row 2 on: 12 - 2 * 1, 9 - 2 * 3 and 8 - 2 * 2.
        assert_eq!(long, [None, None, None, Some(10.0), Some(4.0)]);
    }
}
