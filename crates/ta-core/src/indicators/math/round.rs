//! The nearest whole number.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{line, slot, Native},
    params::Params,
};

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "round",
        display_name: "Round",
        category: Category::Math,
        description: "Whole number nearest to each value. Halves go up, as with JavaScript's \
            Math.round and tulip: 0.5 becomes 1 and -0.5 becomes 0, where rounding away from \
            zero would give -1.",
        aliases: &["nearest_integer"],
        inputs: vec![slot("series", Some("close"))],
        params: vec![],
        outputs: vec![line(
            "value",
            "primary",
            Scale::Other,
            "Each value rounded to a whole number.",
        )],
        lookback_params: &[],
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "Tulip Indicators, round: floor(x + 1/2)",
    }
    .indicator(Round)
}

struct Round;

impl Kernel for Round {
    fn lookback(&self, _: &Params) -> usize {
        0
    }

    fn compute(&self, _: &Params, inputs: &[&[f64]], out: &mut [Out<'_>]) -> Result<(), String> {
        for (value, &x) in out[0].f64().iter_mut().zip(inputs[0]) {
            *value = nearest(x);
        }
        Ok(())
    }
}

/// Without adding a half, which itself rounds: just below a half and above 2^52.
fn nearest(x: f64) -> f64 {
    let floor = x.floor();
    if x - floor >= 0.5 {
        floor + 1.0
    } else {
        floor
    }
}

#[cfg(test)]
mod tests {
    use crate::{compute, engine::Computed, find_indicator, Params};

    #[test]
    fn halves_go_up_and_nothing_else_does() {
        let indicator = find_indicator("round").unwrap();
        let params = Params::defaults(&indicator.meta);
        let out = compute(
            indicator,
            &params,
            &[&[-1.5, -0.5, 0.5, 1.5, 2.4, 0.49999999999999994, 4503599627370497.0]],
        )
        .unwrap();
        assert_eq!(
            out[0],
            Computed::F64([-1.0, 0.0, 1.0, 2.0, 2.0, 0.0, 4503599627370497.0].map(Some).to_vec())
        );
    }
}
