//! The size of each value, without its sign.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{line, slot, Native},
    params::Params,
};

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "abs",
        display_name: "Absolute Value",
        category: Category::Math,
        description: "Size of each value without its sign: the value itself where it is positive, \
            its negative where it is not. Turns a change or a distance with a direction into a \
            plain amount.",
        aliases: &["absolute_value"],
        inputs: vec![slot("series", Some("close"))],
        params: vec![],
        outputs: vec![line("value", "primary", Scale::Price, "Each value without its sign.")],
        lookback_params: &[],
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "|x|",
    }
    .indicator(Abs)
}

struct Abs;

impl Kernel for Abs {
    fn lookback(&self, _: &Params) -> usize {
        0
    }

    fn compute(&self, _: &Params, inputs: &[&[f64]], out: &mut [Out<'_>]) -> Result<(), String> {
        for (value, &x) in out[0].f64().iter_mut().zip(inputs[0]) {
            *value = x.abs();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{compute, engine::Computed, find_indicator, Params};

    #[test]
    fn the_sign_goes() {
        let indicator = find_indicator("abs").unwrap();
        let params = Params::defaults(&indicator.meta);
        let out = compute(indicator, &params, &[&[-1.5, 0.0, 2.0]]).unwrap();
        assert_eq!(out[0], Computed::F64([1.5, 0.0, 2.0].map(Some).to_vec()));
    }
}
