//! How far bars stick out of the bar before.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{event, float, histogram, line, period, price, Native},
    params::Params,
    talib::parts::ema,
};

const PERIOD: usize = 0;
const MULTIPLIER: usize = 1;

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "thermo",
        display_name: "Elder's Market Thermometer",
        category: Category::Volatility,
        description: "Alexander Elder's measure of a market's heat: how far the bar reaches \
            beyond the bar before it, upwards or downwards, whichever is more; an inside bar has \
            a temperature of 0. Below its exponential average the market is quiet, the time Elder \
            enters; a spike to a multiple of the average is an explosive move, the time to take \
            profits.",
        aliases: &["elder_thermometer", "elders_thermometer", "market_thermometer"],
        inputs: vec![price("high"), price("low")],
        params: vec![
            period(20, 1, "Bars of the exponential average of the temperature."),
            float("multiplier", 3.0, 0.0, 1e9, "Averages that make a temperature explosive."),
        ],
        outputs: vec![
            histogram("thermo", "primary", Scale::Price, "Reach beyond the last bar's range."),
            line("ma", "signal", Scale::Price, "Exponential average of the temperature."),
            event("quiet", "quiet", "True where the temperature is below its average."),
            event("explosive", "explosive", "True where it is above multiplier averages."),
        ],
        lookback_params: &["period"],
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "Elder, Come Into My Trading Room (2002), Market Thermometer",
    }
    .indicator(Thermometer)
}

struct Thermometer;

impl Kernel for Thermometer {
    fn lookback(&self, params: &Params) -> usize {
        params.int(PERIOD)
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        let (high, low) = (inputs[0], inputs[1]);
        let mut heat = vec![f64::NAN; high.len()];
        for row in 1..high.len() {
            heat[row] = (high[row] - high[row - 1]).max(low[row - 1] - low[row]).max(0.0);
        }
        let mean = ema(&heat, params.int(PERIOD));
        for row in self.lookback(params)..high.len() {
            out[0].f64()[row] = heat[row];
            out[1].f64()[row] = mean[row];
            out[2].bool()[row] = heat[row] < mean[row];
            out[3].bool()[row] = heat[row] > params.float(MULTIPLIER) * mean[row];
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{compute, engine::Computed, find_indicator, resolve};

    #[test]
    fn inside_bars_are_cold_and_the_farther_end_counts() {
        let indicator = find_indicator("thermo").unwrap();
        let given = json!({ "period": 2, "multiplier": 1.5 });
        let params = resolve(indicator, given.as_object().unwrap(), Default::default()).unwrap();
        let high = [10.0, 11.0, 10.5, 12.5];
        let low = [8.0, 7.5, 8.0, 4.0];
        let out = compute(indicator, &params, &[&high, &low]).unwrap();
        assert_eq!(out[0].as_f64().unwrap(), [None, None, Some(0.0), Some(4.0)]);
        let mean = out[1].as_f64().unwrap();
        assert_eq!(mean[2], Some(0.5));
        assert!((mean[3].unwrap() - (0.5 / 3.0 + 8.0 / 3.0)).abs() < 1e-15);
        assert_eq!(out[2], Computed::Bool(vec![None, None, Some(true), Some(false)]));
        assert_eq!(out[3], Computed::Bool(vec![None, None, Some(false), Some(false)]));
    }
}
