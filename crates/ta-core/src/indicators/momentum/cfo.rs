//! The close against the end of its own regression line.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{line, period, slot, Native},
    params::Params,
    talib::parts::linear_regression,
};

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "cfo",
        display_name: "Chande Forecast Oscillator",
        category: Category::Momentum,
        description: "The difference between the value and the end of the least-squares line \
            through the last bars, itself included, in percent of the value. Above zero the value \
            is higher than its line says, below zero lower; crossings of zero warn of a turn. \
            `fosc` is the variant that compares with the forecast made one bar earlier. A value \
            of 0 in the input gives none.",
        aliases: &["chande_forecast_oscillator"],
        inputs: vec![slot("series", Some("close"))],
        params: vec![period(9, 2, "Bars in the regression, the current one included.")],
        outputs: vec![line("value", "primary", Scale::Ratio, "Distance from the line in percent.")
            .with_levels(&[0.0])],
        lookback_params: &["period"],
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "T. Chande and S. Kroll, The New Technical Trader; FM Labs, Forecast Oscillator: \
            100 * (close - linreg(close, n)) / close",
    }
    .indicator(Cfo)
}

struct Cfo;

impl Kernel for Cfo {
    fn lookback(&self, params: &Params) -> usize {
        params.int(0) - 1
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        let series = inputs[0];
        let end = linear_regression(series, params.int(0));
        for row in self.lookback(params)..series.len() {
            out[0].f64()[row] = 100.0 * (series[row] - end[row]) / series[row];
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{compute, find_indicator, resolve};

    #[test]
    fn a_straight_line_is_where_it_should_be_and_a_step_is_not() {
        let indicator = find_indicator("cfo").unwrap();
        let given = json!({ "period": 3 });
        let params = resolve(indicator, given.as_object().unwrap(), Default::default()).unwrap();
        let out = compute(indicator, &params, &[&[2.0, 4.0, 6.0, 12.0]]).unwrap();
        let values = out[0].as_f64().unwrap();
        assert!(values[2].unwrap().abs() < 1e-12);
        // The line through 4, 6, 12 ends at 34/3.
        assert!((values[3].unwrap() - 100.0 * (12.0 - 34.0 / 3.0) / 12.0).abs() < 1e-12);
    }
}
