//! The distance from the average, in true ranges.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{line, period, price, Native},
    params::Params,
    talib::parts::{ema, sma, true_range},
};

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "pgo",
        display_name: "Pretty Good Oscillator",
        category: Category::Momentum,
        description: "Mark Johnson's oscillator: the distance of the close from its simple moving \
            average, in units of the exponentially averaged true range over the same number of \
            bars. Johnson used it as a breakout system: long above 3, short below -3, out at 0. \
            Bars without any true range give no value.",
        aliases: &["pretty_good_oscillator"],
        inputs: vec![price("high"), price("low"), price("close")],
        params: vec![period(14, 2, "Bars of both averages.")],
        outputs: vec![line("value", "primary", Scale::Ratio, "Distance in mean true ranges.")
            .with_levels(&[-3.0, 3.0])],
        lookback_params: &["period"],
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "M. Johnson; LazyBear, Indicator: Pretty Good Oscillator (TradingView): \
            (close - sma(close, n)) / ema(true range, n)",
    }
    .indicator(Pgo)
}

struct Pgo;

impl Kernel for Pgo {
    fn lookback(&self, params: &Params) -> usize {
        params.int(0)
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        let &[high, low, close] = inputs else { return Err("needs three inputs".into()) };
        let period = params.int(0);
        let mean = sma(close, period);
        let range = ema(&true_range(high, low, close), period);
        for row in period..close.len() {
            out[0].f64()[row] = (close[row] - mean[row]) / range[row];
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{compute, find_indicator, resolve};

    #[test]
    fn a_steady_climb_is_half_a_window_above_its_average() {
        let indicator = find_indicator("pgo").unwrap();
        let given = json!({ "period": 5 });
        let params = resolve(indicator, given.as_object().unwrap(), Default::default()).unwrap();
        let close: Vec<f64> = (0..9).map(|i| f64::from(i) * 3.0).collect();
        let out = compute(indicator, &params, &[&close, &close, &close]).unwrap();
        // The average lies two bars back, and each bar's true range is its step.
        assert_eq!(out[0].as_f64().unwrap()[5..], [Some(2.0); 4]);
    }
}
