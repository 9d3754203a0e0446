//! The top of the latest confirmed move between two swings.

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
        id: "fib_anchor_high",
        display_name: "Fibonacci Anchor High",
        category: Category::Structure,
        description:
            "The high end of the latest leg between two confirmed, alternating swings, from \
            which Fibonacci levels are drawn: field `anchor_high` of fib_retracement on its own. \
            Of the latest rising and the latest falling leg (with `leg`, of earlier ones) it is \
            that which ended last. Nothing looks ahead, and it is null until there is a leg.",
        aliases: &["fib_high_anchor"],
        inputs: vec![price("high"), price("low")],
        params: params(),
        outputs: vec![
            line("value", "primary", Scale::Price, "High end of the latest leg.").sparse()
        ],
        lookback_params: LOOKBACK_PARAMS,
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n * (left + right))",
        source: "The swing high of the last pair of alternating swings with end + right <= row",
    }
    .indicator(FibAnchorHigh)
}

struct FibAnchorHigh;

impl Kernel for FibAnchorHigh {
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
            value[row] = later(rising, falling).map_or(f64::NAN, |leg| leg.high);
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
        let indicator = find_indicator("fib_anchor_high").unwrap();
        let middle = [5.0, 1.0, 9.0, 3.0, 8.0, 2.0, 7.0];
        let of = |leg: usize| {
            let given = json!({ "left": 1, "right": 1, "leg": leg });
            let params =
                resolve(indicator, given.as_object().unwrap(), Default::default()).unwrap();
            compute(indicator, &params, &[&middle, &middle]).unwrap()[0].as_f64().unwrap().to_vec()
        };
        let (first, second) = (Some(9.0), Some(8.0));
        assert_eq!(of(1), [None, None, None, first, first, second, second]);
        assert_eq!(of(2)[..5], [None; 5]);
        assert_eq!(of(2)[5..], [first, first]);
    }
}
