//! Bars within the range of the bar before, and bars around it.

use crate::prelude::*;

/// The catalog entries.
pub fn define() -> [Indicator; 2] {
    [
        Native {
            id: "inside_bar",
            display_name: "Inside Bar",
            category: Category::Pattern,
            description: "True on a bar whose high is below and whose low is above that of the \
                bar before: a pause, after which a break of the larger bar's range is traded. \
                With `allow_equal_extremes` one or both may be the same. Bodies do not matter; \
                `cdl_harami` looks at them.",
            aliases: &["inside_day", "cdl_inside"],
            inputs: [price("high"), price("low")],
            outputs: event("value", "event", "True on a bar within the range of the one before."),
            memory: Memory::Window,
            pane: Pane::Overlay,
            complexity: "O(n)",
            source: "Crabel, Day Trading with Short Term Price Patterns (1990): h < h[1], l > l[1]",
        }
        .indicator::<Inside>(),
        Native {
            id: "outside_bar",
            display_name: "Outside Bar",
            category: Category::Pattern,
            description: "True on a bar whose high is above and whose low is below that of the \
                bar before: both sides were tried, and the close tells which of them won. With \
                `allow_equal_extremes` one or both may be the same. Bodies do not matter; \
                `cdl_engulfing` looks at them.",
            aliases: &["outside_day"],
            inputs: [price("high"), price("low")],
            outputs: event("value", "event", "True on a bar around the range of the one before."),
            memory: Memory::Window,
            pane: Pane::Overlay,
            complexity: "O(n)",
            source: "Crabel, Day Trading with Short Term Price Patterns (1990): h > h[1], l < l[1]",
        }
        .indicator::<Outside>(),
    ]
}

#[derive(Clone, Copy, Parameters)]
struct Ties {
    /// Whether a high or low may be as that of the bar before.
    #[param(default = false)]
    allow_equal_extremes: bool,
}

impl Ties {
    /// Sets a flag on each bar within the one before, or around it.
    fn mark(self, [high, low]: [&[f64]; 2], inside: bool, flags: &mut [bool]) {
        for (row, flag) in flags.iter_mut().enumerate().skip(1) {
            let (outer, inner) = if inside { (row - 1, row) } else { (row, row - 1) };
            *flag = if self.allow_equal_extremes {
                high[inner] <= high[outer] && low[inner] >= low[outer]
            } else {
                high[inner] < high[outer] && low[inner] > low[outer]
            };
        }
    }
}

#[derive(Parameters)]
struct Inside {
    #[param(flatten)]
    ties: Ties,
}

impl Formula<2> for Inside {
    type Out = bool;

    fn lookback(&self) -> usize {
        1
    }

    fn compute(&self, bars: [&[f64]; 2], flags: &mut [bool]) {
        self.ties.mark(bars, true, flags);
    }
}

#[derive(Parameters)]
struct Outside {
    #[param(flatten)]
    ties: Ties,
}

impl Formula<2> for Outside {
    type Out = bool;

    fn lookback(&self) -> usize {
        1
    }

    fn compute(&self, bars: [&[f64]; 2], flags: &mut [bool]) {
        self.ties.mark(bars, false, flags);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::events;

    #[test]
    fn a_parameter_decides_about_equal_extremes() {
        let bars: [&[f64]; 2] = [&[9.0, 8.0, 8.0, 9.0], &[1.0, 2.0, 3.0, 1.0]];
        let of =
            |id, equal: bool| events(id, "value", json!({ "allow_equal_extremes": equal }), &bars);
        let flags = |flags: [bool; 3]| [vec![None], flags.map(Some).to_vec()].concat();
        assert_eq!(of("inside_bar", false), flags([true, false, false]));
        assert_eq!(of("inside_bar", true), flags([true, true, false]));
        assert_eq!(of("outside_bar", false), flags([false, false, true]));
        assert_eq!(of("outside_bar", true), flags([false, false, true]));
    }
}
