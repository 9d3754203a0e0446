//! Blau's ergodic: the true strength index with a signal line.

use ta_lib::abstract_api::FuncId;

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{histogram, int, line, slot, Native},
    params::{ParamValue::Int, Params},
    talib::parts::{call, ema},
};

const FAST_PERIOD: usize = 0;
const SLOW_PERIOD: usize = 1;
const SIGNAL_PERIOD: usize = 2;

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "smi_ergodic",
        display_name: "SMI Ergodic Oscillator",
        category: Category::Momentum,
        description: "Blau's ergodic oscillator: the true strength index, changes over their \
            sizes after two exponential averages of each, with an exponential average of itself \
            as the signal line and the difference of the two as a histogram. Above zero prices \
            move up on balance; crossings of the signal line are the trigger. Values are in \
            percent as for `tsi`; a flat series gives 0. It is not the stochastic `smi`.",
        aliases: &["smi_ergodic_oscillator", "ergodic", "smiio"],
        inputs: vec![slot("series", Some("close"))],
        params: vec![
            int("fast_period", 5, 2, 100_000, "Bars of the second exponential average."),
            int("slow_period", 20, 2, 100_000, "Bars of the first exponential average."),
            int("signal_period", 5, 1, 100_000, "Bars of the signal line."),
        ],
        outputs: vec![
            line("smi", "primary", Scale::Ratio, "The ergodic line, from -100 to 100.")
                .with_levels(&[0.0])
                .within(-100.0, 100.0),
            line("signal", "signal", Scale::Ratio, "Exponential average of the ergodic line.")
                .within(-100.0, 100.0),
            histogram("osc", "histogram", Scale::Ratio, "The ergodic line less its signal.")
                .within(-200.0, 200.0),
        ],
        lookback_params: &["fast_period", "slow_period", "signal_period"],
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "W. Blau, Momentum, Direction, and Divergence, 1995: Ergodic(20, 5) and its EMA(5)",
    }
    .indicator(SmiErgodic)
}

struct SmiErgodic;

impl Kernel for SmiErgodic {
    fn lookback(&self, params: &Params) -> usize {
        params.int(FAST_PERIOD) + params.int(SLOW_PERIOD) + params.int(SIGNAL_PERIOD) - 2
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        let periods = [SLOW_PERIOD, FAST_PERIOD].map(|index| Int(params.int(index) as i64));
        let strength = call(FuncId::TSI, periods.to_vec(), inputs).swap_remove(0);
        let signal = ema(&strength, params.int(SIGNAL_PERIOD));
        for row in self.lookback(params)..strength.len() {
            out[0].f64()[row] = strength[row];
            out[1].f64()[row] = signal[row];
            out[2].f64()[row] = strength[row] - signal[row];
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{compute, find_indicator, resolve};

    #[test]
    fn the_line_is_the_true_strength_index() {
        let series: Vec<f64> = (0..60).map(|i| f64::from(i * i * 7 % 31)).collect();
        let run = |id: &str, given: serde_json::Value| {
            let indicator = find_indicator(id).unwrap();
            let params = resolve(indicator, given.as_object().unwrap(), Default::default());
            compute(indicator, &params.unwrap(), &[&series]).unwrap()
        };
        let ergodic = run("smi_ergodic", json!({ "signal_period": 1 }));
        let strength = run("tsi", json!({ "first_period": 20, "second_period": 5 }));
        assert_eq!(ergodic[0], strength[0]);
        // A signal of one bar is the line itself.
        assert!(ergodic[2].as_f64().unwrap()[24..].iter().all(|v| *v == Some(0.0)));
    }
}
