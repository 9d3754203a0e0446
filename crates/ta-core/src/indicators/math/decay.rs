//! A peak that fades by the same amount on every row.

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
        id: "decay",
        display_name: "Linear Decay",
        category: Category::Math,
        description: "The value itself, or what is left of an earlier peak, whichever is greater: \
            a peak loses 1 / `period` on every row, in units of the series. Made for signals of \
            1 and 0, where it says how recent the last signal is: one row after it is 1 - 1 / \
            `period`, and after `period` rows nothing is left. On a price, 1 / `period` is a \
            fixed amount of it.",
        aliases: &["linear_decay"],
        inputs: vec![slot("series", Some("close"))],
        params: vec![period(5, 1, "Rows in which a signal of 1 fades away.")],
        outputs: vec![line(
            "value",
            "primary",
            Scale::Other,
            "The value or the faded peak, whichever is greater.",
        )],
        lookback_params: &[],
        memory: Memory::Cumulative,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "Tulip Indicators, decay: max(a[i], decay[i-1] - 1/period)",
    }
    .indicator(Decay)
}

struct Decay;

impl Kernel for Decay {
    fn lookback(&self, _: &Params) -> usize {
        0
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        let &[series] = inputs else { return Err("needs one input".into()) };
        let step = 1.0 / params.int(PERIOD) as f64;
        let mut held = f64::NEG_INFINITY;
        for (value, &x) in out[0].f64().iter_mut().zip(series) {
            held = x.max(held - step);
            *value = held;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{compute, engine::Computed, find_indicator, resolve};

    #[test]
    fn a_signal_is_gone_after_the_period() {
        let indicator = find_indicator("decay").unwrap();
        let params = json!({ "period": 4 });
        let params = resolve(indicator, params.as_object().unwrap(), Default::default()).unwrap();
        let signal = [0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0];
        let out = compute(indicator, &params, &[&signal]).unwrap();
        let expected = [0.0, 1.0, 0.75, 0.5, 1.0, 0.75, 0.5, 0.25, 0.0, 0.0];
        assert_eq!(out[0], Computed::F64(expected.map(Some).to_vec()));
    }
}
