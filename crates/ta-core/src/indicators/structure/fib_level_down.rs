//! One retracement level below the top of the latest confirmed rise.

use super::fib_retracement::{legs, lookback, params};
use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{float, line, price, Native},
    params::Params,
};

const LEVEL: usize = 0;
const LEG: usize = 1;

/// The catalog entry.
pub fn indicator() -> Indicator {
    let level = float("level", 0.618, 0.0, 2.0, "Share of the rise that is given back.");
    Native {
        id: "fib_level_down",
        display_name: "Fibonacci Level Down",
        category: Category::Structure,
        description:
            "The price at which a share of the latest confirmed rise, from a swing low to the \
            next swing high, would be given back: one `down` level of fib_retracement, at any \
            share. It is read as support in the pullback after a rise. It follows confirmed, \
            alternating swings, so nothing looks ahead, and is null until there is such a leg.",
        aliases: &["fib_down_level", "fib_down"],
        inputs: vec![price("high"), price("low")],
        params: [level].into_iter().chain(params()).collect(),
        outputs: vec![line(
            "value",
            "primary",
            Scale::Price,
            "Price of the level below the top of the rise.",
        )
        .sparse()],
        lookback_params: super::fib_retracement::LOOKBACK_PARAMS,
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n * (left + right))",
        source: "high - level * (high - low) of the last rising leg of alternating swings",
    }
    .indicator(FibLevelDown)
}

struct FibLevelDown;

impl Kernel for FibLevelDown {
    fn lookback(&self, params: &Params) -> usize {
        lookback(params, LEG)
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        let (value, level) = (out[0].f64(), params.float(LEVEL));
        legs(params, LEG, inputs, |row, rising, _| {
            value[row] = rising.map_or(f64::NAN, |leg| leg.down(level));
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{compute, find_indicator, resolve};

    #[test]
    fn only_a_rise_counts_and_a_share_above_one_goes_past_its_start() {
        let indicator = find_indicator("fib_level_down").unwrap();
        let given = json!({ "level": 1.5, "left": 1, "right": 1 });
        let params = resolve(indicator, given.as_object().unwrap(), Default::default()).unwrap();
        let middle = [5.0, 1.0, 9.0, 3.0, 8.0, 2.0];
        let out = compute(indicator, &params, &[&middle, &middle]).unwrap();
        let wanted = [None, None, None, Some(-3.0), Some(-3.0), Some(0.5)];
        assert_eq!(out[0].as_f64().unwrap(), wanted);
    }
}
