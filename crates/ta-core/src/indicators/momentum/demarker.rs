//! Rises of the high against falls of the low.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "demarker",
        display_name: "DeMarker",
        category: Category::Momentum,
        description: "Tom DeMark's oscillator: the rises of the high from bar to bar, summed over \
            the window, as a share of these rises and of the falls of the low. Above 0.7 it is \
            read as overbought, below 0.3 as oversold. MetaTrader and TradingView average over 14 \
            bars, DeMark took 13; some packages have percent. Null where no high rose and no low \
            fell.",
        aliases: &["de_marker", "demarker_indicator"],
        inputs: [price("high"), price("low")],
        outputs: line("value", "primary", Scale::Ratio, "Share of the rises, from 0 to 1.")
            .with_levels(&[0.3, 0.7])
            .within(0.0, 1.0)
            .sparse(),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * p)",
        source: "T. DeMark, The New Science of Technical Analysis (1994); MetaTrader 5, DeMarker",
    }
    .indicator::<DeMarker>()
}

#[derive(Clone, Parameters)]
struct DeMarker {
    /// Changes in the window.
    #[param(default = 14, min = 1)]
    period: usize,
}

impl Composed<2> for DeMarker {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [high, low]: [B::Line; 2]) -> B::Rows {
        let change = |line: B::Line, rise: f64| {
            let steps = ta.windows(line, 2, |pair| rise * (pair[1] - pair[0]));
            // Not `max`, which would take the missing first change as 0.
            let positive = ta.map([&steps], |[step]| if step < 0.0 { 0.0 } else { step });
            ta.exact_sum(positive, self.period)
        };
        let (rises, falls) = (change(high, 1.0), change(low, -1.0));
        ta.rows([&rises, &falls], |[rises, falls]| rises / (rises + falls))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn the_rises_of_highs_are_held_against_the_falls_of_lows() {
        let (high, low) = ([5.0, 8.0, 7.0, 7.0, 7.0], [4.0, 4.0, 3.0, 3.0, 5.0]);
        let out = reals("demarker", "value", json!({ "period": 2 }), &[&high, &low]);
        assert_eq!(out, [None, None, Some(0.75), Some(0.0), None]);
    }
}
