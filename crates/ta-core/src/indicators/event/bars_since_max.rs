//! How long ago the extremes of a window were.

use crate::prelude::*;

/// The catalog entries.
pub fn define() -> [Indicator; 2] {
    [
        Native {
            id: "bars_since_max",
            display_name: "Bars Since Highest",
            category: Category::Event,
            description:
                "Rows since the highest of the last `period` values, 0 if it is this one. \
                Of equal values the most recent counts. `aroon` is made of such numbers, and \
                `maxindex` gives the row itself.",
            aliases: &["highest_bars", "argmax_offset"],
            inputs: [slot("series", Some("close"))],
            outputs: signal("value", "primary", Scale::Bars, "Rows since the highest value."),
            memory: Memory::Window,
            pane: Pane::Separate,
            complexity: "O(n * p)",
            source: "Pine Script, ta.highestbars with its sign changed; the most recent of ties",
        }
        .indicator::<Since<true>>(),
        Native {
            id: "bars_since_min",
            display_name: "Bars Since Lowest",
            category: Category::Event,
            description: "Rows since the lowest of the last `period` values, 0 if it is this one. \
                Of equal values the most recent counts. `aroon` is made of such numbers, and \
                `minindex` gives the row itself.",
            aliases: &["lowest_bars", "argmin_offset"],
            inputs: [slot("series", Some("close"))],
            outputs: signal("value", "primary", Scale::Bars, "Rows since the lowest value."),
            memory: Memory::Window,
            pane: Pane::Separate,
            complexity: "O(n * p)",
            source: "Pine Script, ta.lowestbars with its sign changed; the most recent of ties",
        }
        .indicator::<Since<false>>(),
    ]
}

/// Rows since the highest value, or since the lowest.
#[derive(Parameters)]
struct Since<const HIGHEST: bool> {
    /// Rows in the window.
    #[param(default = 20, min = 1)]
    period: usize,
}

impl<const HIGHEST: bool> Formula<1> for Since<HIGHEST> {
    type Out = i32;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn compute(&self, [series]: [&[f64]; 1], out: &mut [i32]) {
        let windows = series.windows(self.period);
        for (value, window) in out[self.period - 1..].iter_mut().zip(windows) {
            let newest = window.len() - 1;
            let beats = |one: f64, other: f64| if HIGHEST { one > other } else { one < other };
            let best =
                |best: usize, at: usize| if beats(window[at], window[best]) { at } else { best };
            *value = (newest - (0..newest).rev().fold(newest, best)) as i32;
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{kernel::Computed, testing::run};

    #[test]
    fn of_equal_values_the_most_recent_counts() {
        let series = [3.0, 1.0, 3.0, 2.0, 1.0];
        let of = |id| run(id, json!({ "period": 3 }), &[&series]).remove(0);
        let rows = |values: [i32; 3]| [vec![None; 2], values.map(Some).to_vec()].concat();
        assert_eq!(of("bars_since_max"), Computed::I32(rows([0, 1, 2])));
        assert_eq!(of("bars_since_min"), Computed::I32(rows([1, 2, 0])));
    }
}
