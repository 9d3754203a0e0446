//! The bars on which a series goes up.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane},
    native::{event, slot, Native},
    params::Params,
};

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "rising",
        display_name: "Rising",
        category: Category::Event,
        description: "True on every row whose value is greater than that of the row before, false \
            where it is equal or less. Looks back one row only; a comparison over a longer span \
            is the sign of `mom`.",
        aliases: &["increasing"],
        inputs: vec![slot("series", Some("close"))],
        params: vec![],
        outputs: vec![event(
            "value",
            "event",
            "True where the series went up since the row before.",
        )],
        lookback_params: &[],
        memory: Memory::Window,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "a[i] > a[i-1]",
    }
    .indicator(Rising)
}

struct Rising;

impl Kernel for Rising {
    fn lookback(&self, _: &Params) -> usize {
        1
    }

    fn compute(&self, _: &Params, inputs: &[&[f64]], out: &mut [Out<'_>]) -> Result<(), String> {
        let series = inputs[0];
        let rising = out[0].bool();
        for i in 1..series.len() {
            rising[i] = series[i] > series[i - 1];
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{compute, engine::Computed, find_indicator, Params};

    #[test]
    fn an_equal_value_is_not_rising() {
        let indicator = find_indicator("rising").unwrap();
        let series = [1.0, 2.0, 2.0, 1.5, 1.6];
        let out = compute(indicator, &Params::defaults(&indicator.meta), &[&series]).unwrap();
        let expected = [None, Some(true), Some(false), Some(false), Some(true)];
        assert_eq!(out[0], Computed::Bool(expected.to_vec()));
    }
}
