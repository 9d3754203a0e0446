//! The whole part of each value.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{line, slot, Native},
    params::Params,
};

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "trunc",
        display_name: "Truncate",
        category: Category::Math,
        description: "Whole part of each value: what is behind the decimal point is dropped. \
            Rounds towards zero, so -1.5 becomes -1, where `floor` gives -2.",
        aliases: &[],
        inputs: vec![slot("series", Some("close"))],
        params: vec![],
        outputs: vec![line("value", "primary", Scale::Other, "Each value without its decimals.")],
        lookback_params: &[],
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "Tulip Indicators, trunc: x rounded towards zero",
    }
    .indicator(Trunc)
}

struct Trunc;

impl Kernel for Trunc {
    fn lookback(&self, _: &Params) -> usize {
        0
    }

    fn compute(&self, _: &Params, inputs: &[&[f64]], out: &mut [Out<'_>]) -> Result<(), String> {
        for (value, &x) in out[0].f64().iter_mut().zip(inputs[0]) {
            *value = x.trunc();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{compute, engine::Computed, find_indicator, Params};

    #[test]
    fn towards_zero_from_both_sides() {
        let indicator = find_indicator("trunc").unwrap();
        let params = Params::defaults(&indicator.meta);
        let out = compute(indicator, &params, &[&[-1.5, -0.5, 0.5, 1.5]]).unwrap();
        assert_eq!(out[0], Computed::F64([-1.0, 0.0, 0.0, 1.0].map(Some).to_vec()));
    }
}
