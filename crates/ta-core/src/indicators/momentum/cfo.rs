//! The distance of the close from the end of its regression line, in percent.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "cfo",
        display_name: "Chande Forecast Oscillator",
        category: Category::Momentum,
        description: "The difference between the value and the end of the least-squares line \
            through the last bars, itself included, in percent of the value. Above zero the \
            value is higher than its line says, below zero lower; crossings of zero warn of a \
            turn. `fosc` is the variant that compares with the forecast made one bar earlier. A \
            value of 0 in the input gives none.",
        aliases: &["chande_forecast_oscillator"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Ratio, "Distance from the line in percent.")
            .with_levels(&[0.0]),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "T. Chande and S. Kroll, The New Technical Trader; FM Labs, Forecast Oscillator: \
            100 * (close - linreg(close, n)) / close",
    }
    .indicator::<Cfo>()
}

#[derive(Clone, Parameters)]
struct Cfo {
    /// Bars in the regression, the current one included.
    #[param(default = 9, min = 2)]
    period: usize,
}

impl Composed<1> for Cfo {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let end = ta.linear_regression(&series, self.period);
        ta.rows([&series, &end], |[value, end]| 100.0 * (value - end) / value)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn a_straight_line_has_the_value_zero_and_a_step_has_not() {
        let values = reals("cfo", "value", json!({ "period": 3 }), &[&[2.0, 4.0, 6.0, 12.0]]);
        assert!(values[2].unwrap().abs() < 1e-12);
        // The line through 4, 6, 12 ends at 34/3.
        assert!((values[3].unwrap() - 100.0 * (12.0 - 34.0 / 3.0) / 12.0).abs() < 1e-12);
    }
}
