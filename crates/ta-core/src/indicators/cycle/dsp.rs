//! The price without its trend: a fast average less an average of twice the length.

use crate::{
    prelude::*,
    talib::parts::{ema, row, Part},
};

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "dsp",
        display_name: "Detrended Synthetic Price",
        category: Category::Cycle,
        description: "Ehlers' price without its trend: a quarter-cycle exponential average less a \
            half-cycle one, whose smoothing factor is half as large (2 * period + 1 bars). What \
            is left swings around zero in phase with the dominant cycle. The period is that of \
            the faster average, a quarter of the cycle; feed it median prices as Ehlers does.",
        aliases: &["detrended_synthetic_price"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Price, "Faster average less the slower."),
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "J. Ehlers, MESA and Trading Market Cycles, pp. 64-70; B. Mars, D_DSP (eSignal)",
    }
    .indicator::<Dsp>()
}

#[derive(Clone, Parameters)]
struct Dsp {
    /// Bars of the faster exponential average.
    #[param(default = 14, min = 1, max = 49_999)]
    period: usize,
}

impl Formula<1> for Dsp {
    type Out = f64;

    fn lookback(&self) -> usize {
        2 * self.period
    }

    fn compute(&self, [series]: [&[f64]; 1], out: &mut [f64]) {
        let period = self.period;
        let (quarter, half) = (ema(series, period), ema(series, 2 * period + 1));
        for row in self.lookback()..quarter.len() {
            out[row] = quarter[row] - half[row];
        }
    }

    fn bank(&self, params: &Params) -> Option<Box<dyn Bank>> {
        Some(self.by_row(params))
    }
}

impl ByRow<1> for Dsp {
    type State = Averages;

    fn start(&self) -> Averages {
        let period = self.period;
        Averages { quarter: row::ema(period), half: row::ema(2 * period + 1) }
    }

    fn next(&self, state: &mut Averages, row: [f64; 1]) -> f64 {
        state.quarter.next(row) - state.half.next(row)
    }
}

#[derive(Clone, State)]
struct Averages {
    quarter: Part,
    half: Part,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn the_value_of_a_straight_line_is_the_difference_of_the_lags() {
        let series: Vec<f64> = (0..20).map(|i| 4.0 * f64::from(i)).collect();
        let values = reals("dsp", "value", json!({ "period": 5 }), &[&series]);
        // The averages of 5 and 11 bars lag by 2 and 5 bars, three steps apart.
        assert!(values[10..].iter().all(|v| (v.unwrap() - 12.0).abs() < 1e-9));
        assert_eq!(values[9], None);
    }
}
