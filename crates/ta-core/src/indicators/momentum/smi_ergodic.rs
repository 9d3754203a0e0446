//! Blau's ergodic indicator: the true strength index with a signal line.

use ta_lib::abstract_api::FuncId;

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
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
        inputs: [slot("series", Some("close"))],
        outputs: [
            line("smi", "primary", Scale::Ratio, "The ergodic line, from -100 to 100.")
                .with_levels(&[0.0])
                .within(-100.0, 100.0),
            line("signal", "signal", Scale::Ratio, "Exponential average of the ergodic line.")
                .within(-100.0, 100.0),
            histogram("osc", "histogram", Scale::Ratio, "The ergodic line less its signal.")
                .within(-200.0, 200.0),
        ],
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "W. Blau, Momentum, Direction, and Divergence, 1995: Ergodic(20, 5) and its EMA(5)",
    }
    .indicator::<SmiErgodic>()
}

#[derive(Clone, Parameters)]
struct SmiErgodic {
    /// Bars of the second exponential average.
    #[param(default = 5, min = 2)]
    fast_period: usize,
    /// Bars of the first exponential average.
    #[param(default = 20, min = 2)]
    slow_period: usize,
    /// Bars of the signal line.
    #[param(default = 5, min = 1)]
    signal_period: usize,
}

impl Composed<1> for SmiErgodic {
    type Out = [f64; 3];

    fn lookback(&self) -> usize {
        self.fast_period + self.slow_period + self.signal_period - 2
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let smi = ta.function(FuncId::TSI, [self.slow_period, self.fast_period], [&series]);
        let signal = ta.ema(&smi, self.signal_period);
        ta.rows([&smi, &signal], |[smi, signal]| [smi, signal, smi - signal])
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::run;

    #[test]
    fn the_line_is_the_true_strength_index() {
        let series: Vec<f64> = (0..60).map(|i| f64::from(i * i * 7 % 31)).collect();
        let ergodic = run("smi_ergodic", json!({ "signal_period": 1 }), &[&series]);
        let strength = run("tsi", json!({ "first_period": 20, "second_period": 5 }), &[&series]);
        assert_eq!(ergodic[0], strength[0]);
        // A signal of one bar is the line itself.
        assert!(ergodic[2].as_f64().unwrap()[24..].iter().all(|v| *v == Some(0.0)));
    }
}
