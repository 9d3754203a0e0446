//! The bottom of the latest confirmed move between two swings.

use super::fib_retracement::{later, legs, lookback, params, LOOKBACK_PARAMS};
use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{line, price, Native},
    params::Params,
};

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "fib_anchor_low",
        display_name: "Fibonacci Anchor Low",
        category: Category::Structure,
        description: "The low end of the latest leg between two confirmed, alternating swings, from \
            which Fibonacci levels are drawn: field `anchor_low` of fib_retracement on its own. \
            Of the latest rising and the latest falling leg (with `leg`, of earlier ones) it is \
            that which ended last. Nothing looks ahead, and it is null until there is a leg.",
        aliases: &["fib_low_anchor"],
        inputs: vec![price("high"), price("low")],
        params: params(),
        outputs: vec![line("value", "primary", Scale::Price, "Low end of the latest leg.").sparse()],
        lookback_params: LOOKBACK_PARAMS,
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n * (left + right))",
        source: "The swing low of the last pair of alternating swings with end + right <= row",
    }
    .indicator(FibAnchorLow)
}

struct FibAnchorLow;

impl Kernel for FibAnchorLow {
    fn lookback(&self, params: &Params) -> usize {
        lookback(params, 0)
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        let value = out[0].f64();
        legs(params, 0, inputs, |row, rising, falling| {
            value[row] = later(rising, falling).map_or(f64::NAN, |leg| leg.low);
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{compute, find_indicator, resolve};

    #[test]
    fn an_earlier_leg_has_the_earlier_anchor() {
        let indicator = find_indicator("fib_anchor_low").unwrap();
        let middle = [5.0, 1.0, 9.0, 3.0, 8.0, 2.0, 7.0];
        let of = |leg: usize| {
            let given = json!({ "left": 1, "right": 1, "leg": leg });
            let params =
                resolve(indicator, given.as_object().unwrap(), Default::default()).unwrap();
            compute(indicator, &params, &[&middle, &middle]).unwrap()[0].as_f64().unwrap().to_vec()
        };
        let (first, second) = (Some(1.0), Some(3.0));
        assert_eq!(of(1), [None, None, None, first, second, second, Some(2.0)]);
        assert_eq!(of(2)[..5], [None; 5]);
        assert_eq!(of(2)[5..], [first, second]);
    }
}
