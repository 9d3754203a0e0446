//! The distance of the price from its average, in percent of the average.

use crate::{
    prelude::*,
    talib::parts::{row, sma, Part},
};

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

impl Formula<1> for Bias {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn compute(&self, [series]: [&[f64]; 1], out: &mut [f64]) {
        let mean = sma(series, self.period);
        for row in self.lookback()..series.len() {
            out[row] = bias(series[row], mean[row]);
        }
    }

    fn bank(&self, params: &Params) -> Option<Box<dyn Bank>> {
        Some(self.by_row(params))
    }
}

impl ByRow<1> for Bias {
    /// The average.
    type State = Part;

    fn start(&self) -> Part {
        row::sma(self.period)
    }

    fn next(&self, mean: &mut Part, [value]: [f64; 1]) -> f64 {
        bias(value, mean.next([value]))
    }
}

/// The distance of a value from its average, in percent of the average.
fn bias(value: f64, mean: f64) -> f64 {
    100.0 * (value - mean) / mean
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
