//! How long ago a condition was true.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "bars_since",
        display_name: "Bars Since",
        category: Category::Event,
        description:
            "Rows since a condition was last true: 0 on a row where it is, 1 on the next. \
            Null before it was true for the first time. A number counts as true if it is not 0.",
        aliases: &["barssince"],
        inputs: [slot("condition", None)],
        outputs: line("value", "primary", Scale::Bars, "Rows since the condition was true.")
            .sparse(),
        memory: Memory::Cumulative,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "Pine Script, ta.barssince",
    }
    .indicator::<BarsSince>()
}

#[derive(Clone, Parameters)]
struct BarsSince;

impl Recursive<1> for BarsSince {
    type Out = f64;
    /// The rows since the condition was true.
    type State = f64;

    fn lookback(&self) -> usize {
        0
    }

    fn start(&self) -> f64 {
        f64::NAN
    }

    fn next(&self, rows: &mut f64, [condition]: [f64; 1]) -> f64 {
        *rows = if condition != 0.0 { 0.0 } else { *rows + 1.0 };
        *rows
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn it_counts_from_the_last_time() {
        let out = reals("bars_since", "value", json!({}), &[&[0.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0]]);
        let expected = [None, Some(0.0), Some(1.0), Some(2.0), Some(0.0), Some(0.0), Some(1.0)];
        assert_eq!(out, expected);
    }
}
