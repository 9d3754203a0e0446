//! How many rows in a row a series has moved the same way.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "streak",
        display_name: "Streak",
        category: Category::Event,
        description: "The number of rows in a row on which the series rose, or, below 0, fell. An \
            unchanged value ends a streak and gives 0. It is the middle part of the Connors RSI \
            (`crsi`).",
        aliases: &["updown_streak", "consecutive"],
        inputs: [slot("series", Some("close"))],
        outputs: signal("value", "primary", Scale::Ratio, "Rises in a row, or falls below 0."),
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "Connors, An Introduction to ConnorsRSI (2012), streak",
    }
    .indicator::<Streak>()
}

#[derive(Clone, Parameters)]
struct Streak;

impl Recursive<1> for Streak {
    type Out = i32;
    /// The last value and the streak.
    type State = (Option<f64>, i32);

    fn lookback(&self) -> usize {
        1
    }

    fn start(&self) -> Self::State {
        (None, 0)
    }

    fn next(&self, (last, streak): &mut Self::State, [value]: [f64; 1]) -> i32 {
        let last = last.replace(value).unwrap_or(value);
        *streak = if value > last {
            (*streak).max(0).saturating_add(1)
        } else if value < last {
            (*streak).min(0).saturating_sub(1)
        } else {
            0
        };
        *streak
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::run;

    #[test]
    fn an_unchanged_value_ends_a_streak() {
        let out = run("streak", json!({}), &[&[1.0, 2.0, 3.0, 3.0, 2.0, 1.0, 4.0]]);
        let expected = [None, Some(1), Some(2), Some(0), Some(-1), Some(-2), Some(1)];
        assert_eq!(out[0], crate::kernel::Computed::I32(expected.to_vec()));
    }
}
