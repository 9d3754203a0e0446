//! How long ago a condition held, and the value of a series then.

use crate::prelude::*;

/// The catalog entries.
pub fn define() -> [Indicator; 2] {
    [
        Native {
            id: "bars_since",
            display_name: "Bars Since Condition",
            category: Category::Event,
            description: "Rows since the condition was last true, 0 where it is; null before the \
                first time. The input is a condition, such as `close > open`, or a number, which \
                is true unless it is 0.",
            aliases: &["barssince"],
            inputs: [slot("series", Some("close"))],
            outputs: line("value", "primary", Scale::Bars, "Rows since the condition was true.")
                .sparse(),
            memory: Memory::Cumulative,
            pane: Pane::Separate,
            complexity: "O(n)",
            source: "Pine Script, ta.barssince",
        }
        .indicator::<BarsSince>(),
        Native {
            id: "value_when",
            display_name: "Value When Condition",
            category: Category::Event,
            description: "The value of `other` on the last row on which the condition was true; \
                null before the first time. The first input is a condition, such as \
                `crossup(ema(12), ema(26))`, or a number, which is true unless it is 0.",
            aliases: &["valuewhen"],
            inputs: [slot("series", None), slot("other", None)],
            outputs: line("value", "primary", Scale::Price, "Value when the condition was true.")
                .sparse(),
            memory: Memory::Cumulative,
            pane: Pane::Separate,
            complexity: "O(n)",
            source: "Pine Script, ta.valuewhen with occurrence 0",
        }
        .indicator::<ValueWhen>(),
    ]
}

#[derive(Clone, Parameters)]
struct BarsSince;

impl Recursive<1> for BarsSince {
    type Out = f64;
    /// The last value; not a number before the first time.
    type State = f64;

    fn lookback(&self) -> usize {
        0
    }

    fn start(&self) -> f64 {
        f64::NAN
    }

    fn next(&self, rows: &mut f64, [condition]: [f64; 1]) -> f64 {
        *rows = if condition == 0.0 { *rows + 1.0 } else { 0.0 };
        *rows
    }
}

#[derive(Clone, Parameters)]
struct ValueWhen;

impl Recursive<2> for ValueWhen {
    type Out = f64;
    /// The last value; not a number before the first time.
    type State = f64;

    fn lookback(&self) -> usize {
        0
    }

    fn start(&self) -> f64 {
        f64::NAN
    }

    fn next(&self, kept: &mut f64, [condition, value]: [f64; 2]) -> f64 {
        if condition != 0.0 {
            *kept = value;
        }
        *kept
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::run;

    #[test]
    fn nothing_is_known_before_the_first_time() {
        let condition = [0.0, 0.0, 1.0, 0.0, 0.0, -2.0];
        let since = run("bars_since", json!({}), &[&condition]);
        let expected = [None, None, Some(0.0), Some(1.0), Some(2.0), Some(0.0)];
        assert_eq!(since[0].as_f64().unwrap(), expected);
        let values = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
        let when = run("value_when", json!({}), &[&condition, &values]);
        let expected = [None, None, Some(3.0), Some(3.0), Some(3.0), Some(6.0)];
        assert_eq!(when[0].as_f64().unwrap(), expected);
    }
}
