//! The positive part of each value.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{line, slot, Native},
    params::Params,
};

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "positive_values",
        display_name: "Positive Part",
        category: Category::Math,
        description: "Each value where it is positive, and 0 where it is not. The gains out of a \
            column of changes; together with `negative_values` it adds up to the series.",
        aliases: &["positive_part", "positive", "pos"],
        inputs: vec![slot("series", Some("close"))],
        params: vec![],
        outputs: vec![line(
            "value",
            "primary",
            Scale::Price,
            "The value or 0, whichever is greater.",
        )],
        lookback_params: &[],
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "max(x, 0)",
    }
    .indicator(PositiveValues)
}

struct PositiveValues;

impl Kernel for PositiveValues {
    fn lookback(&self, _: &Params) -> usize {
        0
    }

    fn compute(&self, _: &Params, inputs: &[&[f64]], out: &mut [Out<'_>]) -> Result<(), String> {
        for (value, &x) in out[0].f64().iter_mut().zip(inputs[0]) {
            *value = if x > 0.0 { x } else { 0.0 };
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{compute, engine::Computed, find_indicator, Params};

    #[test]
    fn what_is_negative_becomes_zero() {
        let indicator = find_indicator("positive_values").unwrap();
        let params = Params::defaults(&indicator.meta);
        let out = compute(indicator, &params, &[&[-1.5, 0.0, 2.0]]).unwrap();
        assert_eq!(out[0], Computed::F64([0.0, 0.0, 2.0].map(Some).to_vec()));
    }
}
