//! The distance of the close from its average, in average true ranges.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "pgo",
        display_name: "Pretty Good Oscillator",
        category: Category::Momentum,
        description: "Mark Johnson's oscillator: the distance of the close from its simple moving \
            average, in units of the exponentially averaged true range over the same number of \
            bars. Johnson used it as a breakout system: long above 3, short below -3, out at 0. \
            Bars without any true range give no value.",
        aliases: &["pretty_good_oscillator"],
        inputs: [price("high"), price("low"), price("close")],
        outputs: line("value", "primary", Scale::Ratio, "Distance in mean true ranges.")
            .with_levels(&[-3.0, 3.0]),
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "M. Johnson; LazyBear, Indicator: Pretty Good Oscillator (TradingView): (close - \
            sma(close, n)) / ema(true range, n)",
    }
    .indicator::<Pgo>()
}

#[derive(Clone, Parameters)]
struct Pgo {
    /// Bars of both averages.
    #[param(default = 14, min = 2)]
    period: usize,
}

impl Composed<3> for Pgo {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [high, low, close]: [B::Line; 3]) -> B::Rows {
        let mean = ta.sma(&close, self.period);
        let range = ta.ema(ta.true_range([&high, &low, &close]), self.period);
        ta.rows([&close, &mean, &range], |[close, mean, range]| (close - mean) / range)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn a_steady_rise_is_half_a_window_above_its_average() {
        let close: Vec<f64> = (0..9).map(|i| f64::from(i) * 3.0).collect();
        let out = reals("pgo", "value", json!({ "period": 5 }), &[&close, &close, &close]);
        // The average lies two bars back, and each bar's true range is its step.
        assert_eq!(out[5..], [Some(2.0); 4]);
    }
}
