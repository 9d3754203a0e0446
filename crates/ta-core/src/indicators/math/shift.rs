//! An earlier value of the same series.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{line, period, slot, Native},
    params::Params,
};

const PERIOD: usize = 0;

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "shift",
        display_name: "Shift",
        category: Category::Math,
        description: "The value of `period` rows before. Puts an earlier value beside the current \
            one, to compare or to combine them. Only backwards: a shift that brings later values \
            forward would look into the future. Rows that are missing are not counted, unlike \
            with the shift of polars.",
        aliases: &["lag"],
        inputs: vec![slot("series", Some("close"))],
        params: vec![period(1, 1, "Rows between the row and the one whose value it gets.")],
        outputs: vec![line("value", "primary", Scale::Price, "The value of `period` rows before.")],
        lookback_params: &["period"],
        memory: Memory::Window,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "a[i-period]",
    }
    .indicator(Shift)
}

struct Shift;

impl Kernel for Shift {
    fn lookback(&self, params: &Params) -> usize {
        params.int(PERIOD)
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        let (series, period) = (inputs[0], params.int(PERIOD));
        out[0].f64()[period..].copy_from_slice(&series[..series.len() - period]);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{compute, engine::Computed, find_indicator, resolve};

    #[test]
    fn a_missing_row_is_passed_over() {
        let indicator = find_indicator("shift").unwrap();
        let params = json!({ "period": 2 });
        let params = resolve(indicator, params.as_object().unwrap(), Default::default()).unwrap();
        let out = compute(indicator, &params, &[&[1.0, 2.0, f64::NAN, 3.0, 4.0]]).unwrap();
        assert_eq!(out[0], Computed::F64(vec![None, None, None, Some(1.0), Some(2.0)]));
    }
}
