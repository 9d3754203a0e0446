//! The deviation of logarithmic returns, brought to a year.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{float, line, period, slot, Native},
    params::Params,
    windows::deviation,
};

const PERIOD: usize = 0;
const BARS_PER_YEAR: usize = 1;

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "historical_volatility",
        display_name: "Historical Volatility",
        category: Category::Volatility,
        description: "The standard deviation of logarithmic returns over the window, multiplied \
            by the root of the bars in a year: how far prices moved from bar to bar, as a \
            percentage a year that can be held against an option's implied volatility. The \
            deviation is the population one, as in TA-Lib and TradingView. Where a price is 0 or \
            changes its sign there is no return, and no value while it is in the window.",
        aliases: &["hvol", "hv", "volatility"],
        inputs: vec![slot("series", Some("close"))],
        params: vec![
            period(20, 2, "Returns in the window."),
            float("bars_per_year", 252.0, 1e-3, 1e9, "Bars in a year: 252 for trading days."),
        ],
        outputs: vec![line("value", "primary", Scale::Ratio, "Volatility in percent a year.")],
        lookback_params: &["period"],
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * p)",
        source: "TradingView, Historical Volatility: 100 * stdev(log(x / x[1])) * sqrt(annual)",
    }
    .indicator(HistoricalVolatility)
}

struct HistoricalVolatility;

impl Kernel for HistoricalVolatility {
    fn lookback(&self, params: &Params) -> usize {
        params.int(PERIOD)
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        let factor = 100.0 * params.float(BARS_PER_YEAR).sqrt();
        let returns: Vec<f64> = inputs[0].windows(2).map(|pair| (pair[1] / pair[0]).ln()).collect();
        let deviations = deviation(&returns, params.int(PERIOD));
        for (value, deviation) in out[0].f64()[1..].iter_mut().zip(deviations) {
            *value = factor * deviation;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{compute, find_indicator, resolve};

    #[test]
    fn equal_moves_up_and_down_deviate_by_their_size() {
        let indicator = find_indicator("historical_volatility").unwrap();
        let given = json!({ "period": 2, "bars_per_year": 4 });
        let params = resolve(indicator, given.as_object().unwrap(), Default::default()).unwrap();
        let out =
            compute(indicator, &params, &[&[1.0, 2.0, 1.0, 2.0, 0.0, 1.0, 2.0, 4.0]]).unwrap();
        let values = out[0].as_f64().unwrap();
        let expected = 100.0 * 2f64.ln() * 2.0;
        assert!(values[2..4].iter().all(|v| (v.unwrap() - expected).abs() < 1e-12));
        assert_eq!(values[4..], [None, None, None, Some(0.0)]);
    }
}
