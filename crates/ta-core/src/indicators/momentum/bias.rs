//! How far the price has strayed from its average.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{line, period, slot, Native},
    params::Params,
    talib::parts::sma,
};

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "bias",
        display_name: "Bias",
        category: Category::Momentum,
        description: "The distance of the value from its simple moving average, in percent of \
            the average. Prices far from their average tend to return to it, so large positive \
            values are read as overbought and large negative ones as oversold; what is large \
            depends on the market. An average of 0 gives no value.",
        aliases: &["bias_ratio", "deviation_rate"],
        inputs: vec![slot("series", Some("close"))],
        params: vec![period(26, 2, "Bars of the simple moving average.")],
        outputs: vec![line(
            "value",
            "primary",
            Scale::Ratio,
            "Distance from the average in \
            percent of it.",
        )
        .with_levels(&[0.0])],
        lookback_params: &["period"],
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "BIAS as in Chinese charting packages (Guai Li Lu): 100 * (close - MA) / MA",
    }
    .indicator(Bias)
}

struct Bias;

impl Kernel for Bias {
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
        let mean = sma(series, params.int(0));
        for row in self.lookback(params)..series.len() {
            out[0].f64()[row] = 100.0 * (series[row] - mean[row]) / mean[row];
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{compute, find_indicator, resolve};

    #[test]
    fn the_distance_is_in_percent_of_the_average() {
        let indicator = find_indicator("bias").unwrap();
        let given = json!({ "period": 2 });
        let params = resolve(indicator, given.as_object().unwrap(), Default::default()).unwrap();
        let out = compute(indicator, &params, &[&[1.0, 3.0, 1.0, -1.0]]).unwrap();
        assert_eq!(out[0].as_f64().unwrap(), [None, Some(50.0), Some(-50.0), None]);
    }
}
