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
                Of equal values the newest counts unless `ties` says otherwise. `aroon` is made of \
                such numbers, and `maxindex` gives the row itself.",
            aliases: &["highest_bars", "argmax_offset"],
            inputs: [slot("series", Some("close"))],
            outputs: signal("value", "primary", Scale::Bars, "Rows since the highest value."),
            memory: Memory::Window,
            pane: Pane::Separate,
            complexity: "O(n * p)",
            source:
                "Pine Script, ta.highestbars with its sign changed; the newest of ties by default",
        }
        .indicator::<Since<true>>(),
        Native {
            id: "bars_since_min",
            display_name: "Bars Since Lowest",
            category: Category::Event,
            description: "Rows since the lowest of the last `period` values, 0 if it is this one. \
                Of equal values the newest counts unless `ties` says otherwise. `aroon` is made of \
                such numbers, and `minindex` gives the row itself.",
            aliases: &["lowest_bars", "argmin_offset"],
            inputs: [slot("series", Some("close"))],
            outputs: signal("value", "primary", Scale::Bars, "Rows since the lowest value."),
            memory: Memory::Window,
            pane: Pane::Separate,
            complexity: "O(n * p)",
            source:
                "Pine Script, ta.lowestbars with its sign changed; the newest of ties by default",
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
    /// Which of equal values counts: the `newest`, or the `oldest`, as in numpy's argmax.
    #[param(default = Ties::Newest)]
    ties: Ties,
}

/// Which of equal values counts.
#[derive(Clone, Copy, PartialEq, Choice)]
enum Ties {
    Newest,
    Oldest,
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
            let beats = |one: f64, other: f64| {
                let ahead = if HIGHEST { one > other } else { one < other };
                ahead || (self.ties == Ties::Oldest && one == other)
            };
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
    fn of_equal_values_the_newest_counts_or_the_oldest() {
        let series = [3.0, 1.0, 3.0, 2.0, 1.0];
        let of = |id, ties| run(id, json!({ "period": 3, "ties": ties }), &[&series]).remove(0);
        let rows = |values: [i32; 3]| [vec![None; 2], values.map(Some).to_vec()].concat();
        assert_eq!(of("bars_since_max", "newest"), Computed::I32(rows([0, 1, 2])));
        assert_eq!(of("bars_since_max", "oldest"), Computed::I32(rows([2, 1, 2])));
        assert_eq!(of("bars_since_min", "newest"), Computed::I32(rows([1, 2, 0])));
        assert_eq!(of("bars_since_min", "oldest"), Computed::I32(rows([1, 2, 0])));
    }
}
