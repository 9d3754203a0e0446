//! The distance of the price from its average, in percent of the average.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "bias",
        display_name: "Bias",
        category: Category::Momentum,
        description: "The distance of the value from its simple moving average, in percent of the \
            average. Prices far from their average tend to return to it, so large positive \
            values are read as overbought and large negative ones as oversold; what is large \
            depends on the market. An average of 0 gives no value.",
        aliases: &["bias_ratio", "deviation_rate"],
        inputs: [slot("series", Some("close"))],
        outputs: line(
            "value",
            "primary",
            Scale::Ratio,
            "Distance from the average in percent of it.",
        )
        .with_levels(&[0.0]),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "BIAS as in Chinese charting packages (Guai Li Lu): 100 * (close - MA) / MA",
    }
    .indicator::<Bias>()
}

#[derive(Clone, Parameters)]
struct Bias {
    /// Bars of the simple moving average.
    #[param(default = 26, min = 2)]
    period: usize,
}

impl Composed<1> for Bias {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let mean = ta.sma(&series, self.period);
        ta.rows([&series, &mean], |[value, mean]| 100.0 * (value - mean) / mean)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn the_distance_is_in_percent_of_the_average() {
        let out = reals("bias", "value", json!({ "period": 2 }), &[&[1.0, 3.0, 1.0, -1.0]]);
        assert_eq!(out, [None, Some(50.0), Some(-50.0), None]);
    }
}
