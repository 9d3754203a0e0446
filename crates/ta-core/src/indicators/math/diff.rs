//! The change since the row before.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "diff",
        display_name: "Difference",
        category: Category::Math,
        description: "Each value less that of the row before, in units of the series. The same as \
            `mom` with a period of 1. Positive on a rise, negative on a fall.",
        aliases: &["difference"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Price, "Change since the row before."),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "a[i] - a[i-1]",
    }
    .indicator::<Diff>()
}

#[derive(Parameters)]
struct Diff;

impl Formula<1> for Diff {
    type Out = f64;

    fn lookback(&self) -> usize {
        1
    }

    fn compute(&self, [series]: [&[f64]; 1], change: &mut [f64]) {
        for i in 1..series.len() {
            change[i] = series[i] - series[i - 1];
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{kernel::Computed, testing::run};

    #[test]
    fn it_is_momentum_over_one_row() {
        let series = [1.0, 4.0, 2.5, 2.5];
        let out = run("diff", json!({}), &[&series]);
        assert_eq!(out[0], Computed::F64(vec![None, Some(3.0), Some(-1.5), Some(0.0)]));
        assert_eq!(out, run("mom", json!({ "period": 1 }), &[&series]));
    }
}
