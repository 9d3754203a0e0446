//! The price without its trend: a fast average less one of twice the length.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{int, line, slot, Native},
    params::Params,
    talib::parts::ema,
};

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "dsp",
        display_name: "Detrended Synthetic Price",
        category: Category::Cycle,
        description: "Ehlers' price without its trend: a quarter-cycle exponential average less a \
            half-cycle one, whose smoothing factor is half as large (2 * period + 1 bars). What \
            is left swings around zero in phase with the dominant cycle. The period is that of \
            the faster average, a quarter of the cycle; feed it median prices as Ehlers does.",
        aliases: &["detrended_synthetic_price"],
        inputs: vec![slot("series", Some("close"))],
        params: vec![int("period", 14, 1, 49_999, "Bars of the faster exponential average.")],
        outputs: vec![line("value", "primary", Scale::Price, "Faster average less the slower.")],
        lookback_params: &["period"],
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "J. Ehlers, MESA and Trading Market Cycles, pp. 64-70; B. Mars, D_DSP (eSignal)",
    }
    .indicator(Dsp)
}

struct Dsp;

impl Kernel for Dsp {
    fn lookback(&self, params: &Params) -> usize {
        2 * params.int(0)
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        let period = params.int(0);
        let (quarter, half) = (ema(inputs[0], period), ema(inputs[0], 2 * period + 1));
        for row in self.lookback(params)..quarter.len() {
            out[0].f64()[row] = quarter[row] - half[row];
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{compute, find_indicator, resolve};

    #[test]
    fn of_a_straight_line_the_difference_of_the_lags_remains() {
        let indicator = find_indicator("dsp").unwrap();
        let given = json!({ "period": 5 });
        let params = resolve(indicator, given.as_object().unwrap(), Default::default()).unwrap();
        let series: Vec<f64> = (0..20).map(|i| 4.0 * f64::from(i)).collect();
        let out = compute(indicator, &params, &[&series]).unwrap();
        // The averages of 5 and 11 bars lag by 2 and 5 bars, three steps apart.
        let values = out[0].as_f64().unwrap();
        assert!(values[10..].iter().all(|v| (v.unwrap() - 12.0).abs() < 1e-9));
        assert_eq!(values[9], None);
    }
}
