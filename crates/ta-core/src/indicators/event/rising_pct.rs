//! The bars on which a series rises by some percent or more.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane},
    native::{event, float, slot, Native},
    params::Params,
};

const PCT: usize = 0;

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "rising_pct",
        display_name: "Rising by Percent",
        category: Category::Event,
        description: "True on every row whose value is at least `pct` percent above that of the \
            row before; a rise of exactly `pct` percent counts, so with 0 an unchanged value \
            does, too. Meant for positive series such as prices: below zero the percentage \
            points the other way.",
        aliases: &["rising_percent"],
        inputs: vec![slot("series", Some("close"))],
        params: vec![float("pct", 5.0, 0.0, 1e9, "Percent by which the value must rise at least.")],
        outputs: vec![event(
            "value",
            "event",
            "True where the series went up by `pct` percent or more.",
        )],
        lookback_params: &[],
        memory: Memory::Window,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "a[i] >= a[i-1] * (1 + pct/100)",
    }
    .indicator(RisingPct)
}

struct RisingPct;

impl Kernel for RisingPct {
    fn lookback(&self, _: &Params) -> usize {
        1
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        let series = inputs[0];
        let factor = 1.0 + params.float(PCT) / 100.0;
        let moved = out[0].bool();
        for i in 1..series.len() {
            moved[i] = series[i] >= series[i - 1] * factor;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{compute, engine::Computed, find_indicator, resolve};

    #[test]
    fn a_rise_of_exactly_the_percentage_counts() {
        let indicator = find_indicator("rising_pct").unwrap();
        let params = json!({ "pct": 25.0 });
        let params = resolve(indicator, params.as_object().unwrap(), Default::default()).unwrap();
        let series = [8.0, 10.0, 12.0, 9.0, 9.0];
        let out = compute(indicator, &params, &[&series]).unwrap();
        let expected = [None, Some(true), Some(false), Some(false), Some(false)];
        assert_eq!(out[0], Computed::Bool(expected.to_vec()));
    }
}
