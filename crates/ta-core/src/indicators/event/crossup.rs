//! The bar on which one series rises above another.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane},
    native::{event, slot, Native},
    params::Params,
};

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "crossup",
        display_name: "Cross Up",
        category: Category::Event,
        description: "True on the row where the series is above the other one after having been \
            at or below it on the row before; false on every other row. Touching without passing \
            is not a cross, and staying above is not one either.",
        aliases: &["cross_up", "crossover"],
        inputs: vec![slot("series", None), slot("other", None)],
        params: vec![],
        outputs: vec![event("value", "event", "True where the series crosses to above the other.")],
        lookback_params: &[],
        memory: Memory::Window,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "a[i] > b[i] and a[i-1] <= b[i-1]",
    }
    .indicator(CrossUp)
}

struct CrossUp;

impl Kernel for CrossUp {
    fn lookback(&self, _: &Params) -> usize {
        1
    }

    fn compute(&self, _: &Params, inputs: &[&[f64]], out: &mut [Out<'_>]) -> Result<(), String> {
        let (a, b) = (inputs[0], inputs[1]);
        let crossed = out[0].bool();
        for i in 1..a.len() {
            crossed[i] = a[i] > b[i] && a[i - 1] <= b[i - 1];
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{compute, engine::Computed, find_indicator, Params};

    #[test]
    fn a_touch_is_not_a_cross_but_leaving_it_upwards_is() {
        let indicator = find_indicator("crossup").unwrap();
        let a = [1.0, 3.0, 2.0, 2.0, 2.5, 1.0];
        let out = compute(indicator, &Params::defaults(&indicator.meta), &[&a, &[2.0; 6]]).unwrap();
        let expected = [None, Some(true), Some(false), Some(false), Some(true), Some(false)];
        assert_eq!(out[0], Computed::Bool(expected.to_vec()));
    }
}
