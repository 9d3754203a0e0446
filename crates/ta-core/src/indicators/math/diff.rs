//! The change since the row before.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{line, slot, Native},
    params::Params,
};

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "diff",
        display_name: "Difference",
        category: Category::Math,
        description: "Each value less that of the row before, in units of the series. The same as \
            `mom` with a period of 1. Positive on a rise, negative on a fall.",
        aliases: &["difference"],
        inputs: vec![slot("series", Some("close"))],
        params: vec![],
        outputs: vec![line("value", "primary", Scale::Price, "Change since the row before.")],
        lookback_params: &[],
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "a[i] - a[i-1]",
    }
    .indicator(Diff)
}

struct Diff;

impl Kernel for Diff {
    fn lookback(&self, _: &Params) -> usize {
        1
    }

    fn compute(&self, _: &Params, inputs: &[&[f64]], out: &mut [Out<'_>]) -> Result<(), String> {
        let series = inputs[0];
        let change = out[0].f64();
        for i in 1..series.len() {
            change[i] = series[i] - series[i - 1];
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{compute, engine::Computed, find_indicator, resolve};

    #[test]
    fn it_is_momentum_over_one_row() {
        let series = [1.0, 4.0, 2.5, 2.5];
        let run = |id, params: serde_json::Value| {
            let indicator = find_indicator(id).unwrap();
            let params =
                resolve(indicator, params.as_object().unwrap(), Default::default()).unwrap();
            compute(indicator, &params, &[&series]).unwrap().remove(0)
        };
        assert_eq!(
            run("diff", json!({})),
            Computed::F64(vec![None, Some(3.0), Some(-1.5), Some(0.0)])
        );
        assert_eq!(run("diff", json!({})), run("mom", json!({ "period": 1 })));
    }
}
