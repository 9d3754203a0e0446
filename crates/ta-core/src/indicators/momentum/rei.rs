//! DeMark's range expansion index.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "rei",
        display_name: "Range Expansion Index",
        category: Category::Momentum,
        description: "DeMark's oscillator of exhaustion: how far highs and lows moved in two \
            bars, net and without sign, summed over the last bars, as a percentage. A bar counts \
            in the net sum only if its range meets that of five or six bars ago or the range two \
            bars ago met the close of seven or eight bars ago, on each side, so a steep run \
            holds the index near 0. Above 45 the market is overbought, below -45 oversold, \
            unless it stays there for six bars or more. There is no value where highs and lows \
            have not moved. Some code pairs the conditions otherwise: both of today's or both of \
            two bars ago.",
        aliases: &["td_rei", "range_expansion_index"],
        inputs: [price("high"), price("low"), price("close")],
        outputs: line("value", "primary", Scale::Ratio, "Net expansion, from -100 to 100.")
            .with_levels(&[-45.0, 0.0, 45.0])
            .within(-100.0, 100.0),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * period)",
        source: "T. R. DeMark and T. DeMark Jr., DeMark on Day Trading Options (1999), TD REI",
    }
    .indicator::<RangeExpansion>()
}

#[derive(Clone, Parameters)]
struct RangeExpansion {
    /// Bars in the sums.
    #[param(default = 5, min = 1)]
    period: usize,
}

impl Composed<3> for RangeExpansion {
    type Out = f64;

    fn lookback(&self) -> usize {
        8 + self.period - 1
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [high, low, close]: [B::Line; 3]) -> B::Rows {
        let back = |line: &B::Line, rows: [usize; 2]| rows.map(|rows| ta.shift(line, rows));
        let ([high5, high6], [low5, low6]) = (back(&high, [5, 6]), back(&low, [5, 6]));
        let [close7, close8] = back(&close, [7, 8]);
        let (high2, low2) = (ta.shift(&high, 2), ta.shift(&low, 2));
        let lows = [&high, &low5, &low6, &high2, &close7, &close8];
        let not_below = ta.map(lows, |[high, low5, low6, high2, close7, close8]| {
            flag(high >= low5 || high >= low6 || high2 >= close7 || high2 >= close8)
        });
        let highs = [&low, &high5, &high6, &low2, &close7, &close8];
        let not_above = ta.map(highs, |[low, high5, high6, low2, close7, close8]| {
            flag(low <= high5 || low <= high6 || low2 <= close7 || low2 <= close8)
        });
        let moved = [&high, &high2, &low, &low2, &not_below, &not_above];
        let net = ta.map(moved, |[high, high2, low, low2, not_below, not_above]| {
            not_below * not_above * ((high - high2) + (low - low2))
        });
        let size = ta.map([&high, &high2, &low, &low2], |[high, high2, low, low2]| {
            (high - high2).abs() + (low - low2).abs()
        });
        let net = ta.exact_sum(ta.without_first(net, 8), self.period);
        let size = ta.exact_sum(ta.without_first(size, 8), self.period);
        ta.rows([&net, &size], |[net, size]| (100.0 * net / size).clamp(-100.0, 100.0))
    }
}

fn flag(holds: bool) -> f64 {
    f64::from(u8::from(holds))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn a_steep_rise_is_0_and_a_slow_one_100() {
        for (height, value) in [(1.0, 0.0), (20.0, 100.0)] {
            let low: Vec<f64> = (0..14).map(f64::from).map(|row| 100.0 + 2.0 * row).collect();
            let high: Vec<f64> = low.iter().map(|low| low + height).collect();
            let out = reals("rei", "value", json!({}), &[&high, &low, &low]);
            assert_eq!(out[..12], [None; 12]);
            assert_eq!(out[12..], [Some(value); 2]);
        }
    }
}
