//! The bars on which a series goes down.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane},
    native::{event, slot, Native},
    params::Params,
};

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "falling",
        display_name: "Falling",
        category: Category::Event,
        description: "True on every row whose value is less than that of the row before, false \
            where it is equal or greater. Looks back one row only; a comparison over a longer \
            span is the sign of `mom`.",
        aliases: &["decreasing"],
        inputs: vec![slot("series", Some("close"))],
        params: vec![],
        outputs: vec![event(
            "value",
            "event",
            "True where the series went down since the row before.",
        )],
        lookback_params: &[],
        memory: Memory::Window,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "a[i] < a[i-1]",
    }
    .indicator(Falling)
}

struct Falling;

impl Kernel for Falling {
    fn lookback(&self, _: &Params) -> usize {
        1
    }

    fn compute(&self, _: &Params, inputs: &[&[f64]], out: &mut [Out<'_>]) -> Result<(), String> {
        let series = inputs[0];
        let falling = out[0].bool();
        for i in 1..series.len() {
            falling[i] = series[i] < series[i - 1];
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{compute, engine::Computed, find_indicator, Params};

    #[test]
    fn an_equal_value_is_not_falling() {
        let indicator = find_indicator("falling").unwrap();
        let series = [1.0, 2.0, 2.0, 1.5, 1.6];
        let out = compute(indicator, &Params::defaults(&indicator.meta), &[&series]).unwrap();
        let expected = [None, Some(false), Some(false), Some(true), Some(false)];
        assert_eq!(out[0], Computed::Bool(expected.to_vec()));
    }
}
