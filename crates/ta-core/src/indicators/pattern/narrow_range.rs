//! Bars with a narrower range than all bars before them in a window.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "narrow_range",
        display_name: "Narrow Range",
        category: Category::Pattern,
        description: "True on a bar whose range, high less low, is narrower than that of each of \
            the period - 1 bars before it: Crabel's NR7, or NR4 with a period of 4. Quiet is \
            read as the herald of a large move, either way; often an opening range breakout of \
            the next day is traded. A range that is as narrow as an earlier one does not count. \
            With `inside_bar` it makes the pattern ID/NR4.",
        aliases: &["nr", "nr7"],
        inputs: [price("high"), price("low")],
        outputs: event("value", "event", "True on the bar with the narrowest range."),
        memory: Memory::Window,
        pane: Pane::Overlay,
        complexity: "O(n * period)",
        source: "Crabel, Day Trading with Short Term Price Patterns and Opening Range Breakout \
            (1990), NR4 and NR7",
    }
    .indicator::<NarrowRange>()
}

#[derive(Parameters)]
struct NarrowRange {
    /// Bars among which the range is the narrowest.
    #[param(default = 7, min = 2)]
    period: usize,
}

impl Formula<2> for NarrowRange {
    type Out = bool;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn compute(&self, [high, low]: [&[f64]; 2], flags: &mut [bool]) {
        let range = |row: usize| high[row] - low[row];
        for (row, flag) in flags.iter_mut().enumerate().skip(self.lookback()) {
            *flag = (row + 1 - self.period..row).rev().all(|other| range(row) < range(other));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::events;

    #[test]
    fn an_equal_range_is_not_narrower() {
        let ranges = [3.0, 2.0, 4.0, 1.0, 1.0, 2.0, 0.5];
        let out = events("narrow_range", "value", json!({ "period": 3 }), &[&ranges, &[0.0; 7]]);
        let flags = [false, true, false, false, true].map(Some);
        assert_eq!(out[..2], [None; 2]);
        assert_eq!(out[2..], flags);
    }
}
