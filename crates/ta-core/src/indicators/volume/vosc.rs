//! Busy or quiet: the volume's short average against its long one.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{int, line, price, Native},
    params::Params,
    talib::parts::{highest, map, sma},
};

const FAST_PERIOD: usize = 0;
const SLOW_PERIOD: usize = 1;

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "vosc",
        display_name: "Volume Oscillator",
        category: Category::Volume,
        description: "A fast minus a slow simple average of the volume, in percent of the slow \
            one: above 0 trading is busier than usual, below 0 quieter. A move on a rising \
            oscillator is taken more seriously than one on a falling. Without any volume in the \
            slow window it is 0; the fast period must be the shorter one.",
        aliases: &["volume_oscillator"],
        inputs: vec![price("volume")],
        params: vec![
            int("fast_period", 5, 1, 99_999, "Bars in the fast average of the volume."),
            int("slow_period", 20, 2, 100_000, "Bars in the slow average of the volume."),
        ],
        outputs: vec![line(
            "value",
            "primary",
            Scale::Ratio,
            "Gap of the averages in percent of the slow one.",
        )
        .with_levels(&[0.0])],
        lookback_params: &["slow_period"],
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "Tulip Indicators, vosc: 100 * (SMA(v, fast) - SMA(v, slow)) / SMA(v, slow)",
    }
    .indicator(VolumeOscillator)
}

struct VolumeOscillator;

impl Kernel for VolumeOscillator {
    fn lookback(&self, params: &Params) -> usize {
        params.int(SLOW_PERIOD) - 1
    }

    fn accepts(&self, params: &Params) -> bool {
        params.int(FAST_PERIOD) < params.int(SLOW_PERIOD)
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        let fast = sma(inputs[0], params.int(FAST_PERIOD));
        let slow = sma(inputs[0], params.int(SLOW_PERIOD));
        // The sums behind the averages run along, and seldom come back to exactly 0.
        let most = highest(inputs[0], params.int(SLOW_PERIOD));
        let gap = |[f, s, most]: [f64; 3]| if most == 0.0 { 0.0 } else { 100.0 * ((f - s) / s) };
        out[0].f64().copy_from_slice(&map([&fast, &slow, &most], gap));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{compute, find_indicator, resolve};

    #[test]
    fn percent_of_the_slow_average_and_zero_without_volume() {
        let indicator = find_indicator("vosc").unwrap();
        let given = json!({ "fast_period": 1, "slow_period": 2 });
        let params = resolve(indicator, given.as_object().unwrap(), Default::default()).unwrap();
        let out = compute(indicator, &params, &[&[100.0, 300.0, 0.0, 0.0]]).unwrap();
        let expected = [None, Some(50.0), Some(-100.0), Some(0.0)];
        assert_eq!(out[0].as_f64().unwrap(), expected);
        let out = compute(indicator, &params, &[&[0.1, 0.7, 0.3, 0.0, 0.0]]).unwrap();
        assert_eq!(out[0].as_f64().unwrap()[4], Some(0.0));
        let swapped = json!({ "fast_period": 3, "slow_period": 3 });
        assert!(resolve(indicator, swapped.as_object().unwrap(), Default::default()).is_err());
    }
}
