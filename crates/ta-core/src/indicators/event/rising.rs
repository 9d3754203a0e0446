//! The bars on which a series rises or falls: by any amount, or by at least some percent.

use crate::prelude::*;

/// The catalog entries.
pub fn define() -> [Indicator; 4] {
    [
        Native {
            id: "rising",
            display_name: "Rising",
            category: Category::Event,
            description: "True on every row whose value is greater than that of the row before, \
                false where it is equal or less. Looks back one row only; a comparison over a \
                longer span is the sign of `mom`.",
            aliases: &["increasing"],
            inputs: [slot("series", Some("close"))],
            outputs: event("value", "event", "True where the series went up since the row before."),
            memory: Memory::Window,
            pane: Pane::Overlay,
            complexity: "O(n)",
            source: "a[i] > a[i-1]",
        }
        .indicator::<Rising>(),
        Native {
            id: "falling",
            display_name: "Falling",
            category: Category::Event,
            description: "True on every row whose value is less than that of the row before, \
                false where it is equal or greater. Looks back one row only; a comparison over a \
                longer span is the sign of `mom`.",
            aliases: &["decreasing"],
            inputs: [slot("series", Some("close"))],
            outputs: event(
                "value",
                "event",
                "True where the series went down since the row before.",
            ),
            memory: Memory::Window,
            pane: Pane::Overlay,
            complexity: "O(n)",
            source: "a[i] < a[i-1]",
        }
        .indicator::<Falling>(),
        Native {
            id: "rising_pct",
            display_name: "Rising by Percent",
            category: Category::Event,
            description: "True on every row whose value is at least `pct` percent above that of \
                the row before; a rise of exactly `pct` percent counts, so with 0 an unchanged \
                value does, too. Meant for positive series such as prices: below zero the \
                percentage points the other way.",
            aliases: &["rising_percent"],
            inputs: [slot("series", Some("close"))],
            outputs: event(
                "value",
                "event",
                "True where the series went up by `pct` percent or more.",
            ),
            memory: Memory::Window,
            pane: Pane::Overlay,
            complexity: "O(n)",
            source: "a[i] >= a[i-1] * (1 + pct/100)",
        }
        .indicator::<RisingPct>(),
        Native {
            id: "falling_pct",
            display_name: "Falling by Percent",
            category: Category::Event,
            description: "True on every row whose value is at least `pct` percent below that of \
                the row before; a fall of exactly `pct` percent counts, so with 0 an unchanged \
                value does, too. Meant for positive series such as prices: below zero the \
                percentage points the other way.",
            aliases: &["falling_percent"],
            inputs: [slot("series", Some("close"))],
            outputs: event(
                "value",
                "event",
                "True where the series went down by `pct` percent or more.",
            ),
            memory: Memory::Window,
            pane: Pane::Overlay,
            complexity: "O(n)",
            source: "a[i] <= a[i-1] * (1 - pct/100)",
        }
        .indicator::<FallingPct>(),
    ]
}

rowwise!(Rising: bool, back 1, |[a], i| a[i] > a[i - 1]);
rowwise!(Falling: bool, back 1, |[a], i| a[i] < a[i - 1]);

#[derive(Parameters)]
struct RisingPct {
    /// Percent by which the value must rise at least.
    #[param(default = 5.0, min = 0.0, max = 1e9)]
    pct: f64,
}

impl Formula<1> for RisingPct {
    type Out = bool;

    fn lookback(&self) -> usize {
        1
    }

    fn compute(&self, [a]: [&[f64]; 1], out: &mut [bool]) {
        let factor = 1.0 + self.pct / 100.0;
        for i in 1..a.len() {
            out[i] = a[i] >= a[i - 1] * factor;
        }
    }
}

#[derive(Parameters)]
struct FallingPct {
    /// Percent by which the value must fall at least.
    #[param(default = 5.0, min = 0.0, max = 100.0)]
    pct: f64,
}

impl Formula<1> for FallingPct {
    type Out = bool;

    fn lookback(&self) -> usize {
        1
    }

    fn compute(&self, [a]: [&[f64]; 1], out: &mut [bool]) {
        let factor = 1.0 - self.pct / 100.0;
        for i in 1..a.len() {
            out[i] = a[i] <= a[i - 1] * factor;
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::events;

    #[test]
    fn an_equal_value_neither_rises_nor_falls() {
        let of = |id| events(id, "value", json!({}), &[&[1.0, 2.0, 2.0, 1.5, 1.6]]);
        assert_eq!(of("rising"), [None, Some(true), Some(false), Some(false), Some(true)]);
        assert_eq!(of("falling"), [None, Some(false), Some(false), Some(true), Some(false)]);
    }

    #[test]
    fn a_change_of_exactly_the_percentage_counts() {
        let of = |id| events(id, "value", json!({ "pct": 25.0 }), &[&[8.0, 10.0, 12.0, 9.0, 9.0]]);
        assert_eq!(of("rising_pct"), [None, Some(true), Some(false), Some(false), Some(false)]);
        assert_eq!(of("falling_pct"), [None, Some(false), Some(false), Some(true), Some(false)]);
    }
}
