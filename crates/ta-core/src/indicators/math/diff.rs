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

rowwise!(Diff: f64, back 1, |[a], i| a[i] - a[i - 1]);

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn the_value_is_momentum_over_one_row() {
        let series = [1.0, 4.0, 2.5, 2.5];
        let changes = reals("diff", "value", json!({}), &[&series]);
        assert_eq!(changes, [None, Some(3.0), Some(-1.5), Some(0.0)]);
        assert_eq!(changes, reals("mom", "value", json!({ "period": 1 }), &[&series]));
    }
}
