//! An RSI over the stages of a Laguerre filter.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "lrsi",
        display_name: "Laguerre RSI",
        category: Category::Momentum,
        description: "Ehlers' RSI with a warped time axis: instead of past bars it compares the \
            four stages of a Laguerre filter, each later and smoother than the one before, and \
            gives the share of the rises among their differences. Four numbers suffice, so it \
            reacts fast; readings above 80 are overbought, below 20 oversold. The filter starts \
            on the first value, the scale is 0 to 100 as for `rsi`, and stages that are all \
            equal give 0.",
        aliases: &["laguerre_rsi"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Ratio, "Share of rises, from 0 to 100.")
            .with_levels(&[20.0, 80.0])
            .within(0.0, 100.0),
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "J. Ehlers, Time Warp - Without Space Travel (Laguerre Filter), 2002; Cybernetic \
            Analysis for Stocks and Futures, ch. 14; times 100",
    }
    .indicator::<LaguerreRsi>()
}

#[derive(Clone, Parameters)]
struct LaguerreRsi {
    /// Damping: the nearer to 1, the smoother.
    #[param(default = 0.5, min = 0.0, max = 0.99)]
    gamma: f64,
}

impl Recursive<1> for LaguerreRsi {
    type Out = f64;
    /// The stages of the filter.
    type State = Option<[f64; 4]>;

    fn lookback(&self) -> usize {
        1
    }

    fn start(&self) -> Option<[f64; 4]> {
        None
    }

    fn next(&self, state: &mut Option<[f64; 4]>, [value]: [f64; 1]) -> f64 {
        let gamma = self.gamma;
        let Some(before) = *state else {
            *state = Some([value; 4]);
            return f64::NAN;
        };
        let mut stages = before;
        stages[0] = (1.0 - gamma) * value + gamma * before[0];
        for i in 1..4 {
            stages[i] = before[i - 1] + gamma * (before[i] - stages[i - 1]);
        }
        *state = Some(stages);
        let (mut rises, mut falls) = (0.0, 0.0);
        for pair in stages.windows(2) {
            rises += (pair[0] - pair[1]).max(0.0);
            falls += (pair[1] - pair[0]).max(0.0);
        }
        let total: f64 = rises + falls;
        if total == 0.0 {
            0.0
        } else {
            100.0 * rises / total
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn without_damping_the_stages_are_the_last_four_values() {
        let out =
            reals("lrsi", "value", json!({ "gamma": 0.0 }), &[&[5.0, 5.0, 8.0, 7.0, 9.0, 9.0]]);
        let rises = [0.0, 100.0, 75.0, 100.0 * 5.0 / 6.0, 100.0 * 2.0 / 3.0];
        let expected: Vec<Option<f64>> = rises.iter().map(|v| Some(*v)).collect();
        assert_eq!(out[1..], expected);
    }
}
