//! The bars on which one series crosses another.

use crate::prelude::*;

/// The catalog entries.
pub fn define() -> [Indicator; 3] {
    [
        Native {
            id: "crossup",
            display_name: "Cross Up",
            category: Category::Event,
            description: "True on the row where the series is above the other one after having \
                been at or below it on the row before; false on every other row. Touching \
                without passing is not a cross, and staying above is not one either.",
            aliases: &["cross_up", "crossover"],
            inputs: [slot("series", None), slot("other", None)],
            outputs: event("value", "event", "True where the series crosses to above the other."),
            memory: Memory::Window,
            pane: Pane::Overlay,
            complexity: "O(n)",
            source: "a[i] > b[i] and a[i-1] <= b[i-1]",
        }
        .indicator::<Up>(),
        Native {
            id: "crossdown",
            display_name: "Cross Down",
            category: Category::Event,
            description: "True on the row where the series is below the other one after having \
                been at or above it on the row before; false on every other row. Touching \
                without passing is not a cross, and staying below is not one either.",
            aliases: &["cross_down", "crossunder"],
            inputs: [slot("series", None), slot("other", None)],
            outputs: event("value", "event", "True where the series crosses to below the other."),
            memory: Memory::Window,
            pane: Pane::Overlay,
            complexity: "O(n)",
            source: "a[i] < b[i] and a[i-1] >= b[i-1]",
        }
        .indicator::<Down>(),
        Native {
            id: "cross",
            display_name: "Cross",
            category: Category::Event,
            description: "True on the row where the series is above the other one after having \
                been at or below it on the row before, or below it after having been at or above \
                it: a cross up or a cross down. Touching without passing is not a cross; leaving \
                after a touch is one, to either side.",
            aliases: &["crossany", "cross_any"],
            inputs: [slot("series", None), slot("other", None)],
            outputs: event(
                "value",
                "event",
                "True where the series crosses the other one in either direction.",
            ),
            memory: Memory::Window,
            pane: Pane::Overlay,
            complexity: "O(n)",
            source: "(a[i] > b[i] and a[i-1] <= b[i-1]) or (a[i] < b[i] and a[i-1] >= b[i-1])",
        }
        .indicator::<Either>(),
    ]
}

rowwise!(Up: bool, back 1, |[a, b], i| a[i] > b[i] && a[i - 1] <= b[i - 1]);
rowwise!(Down: bool, back 1, |[a, b], i| a[i] < b[i] && a[i - 1] >= b[i - 1]);
rowwise!(Either: bool, back 1, |[a, b], i| {
    a[i] > b[i] && a[i - 1] <= b[i - 1] || a[i] < b[i] && a[i - 1] >= b[i - 1]
});

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::events;

    #[test]
    fn a_touch_is_not_a_cross_but_leaving_it_upwards_is() {
        let a = [1.0, 3.0, 2.0, 2.0, 2.5, 1.0];
        let out = events("crossup", "value", json!({}), &[&a, &[2.0; 6]]);
        let expected = [None, Some(true), Some(false), Some(false), Some(true), Some(false)];
        assert_eq!(out, expected);
    }

    #[test]
    fn a_touch_is_not_a_cross_but_leaving_it_downwards_is() {
        let a = [3.0, 1.0, 2.0, 2.0, 1.5, 3.0];
        let out = events("crossdown", "value", json!({}), &[&a, &[2.0; 6]]);
        let expected = [None, Some(true), Some(false), Some(false), Some(true), Some(false)];
        assert_eq!(out, expected);
    }

    #[test]
    fn cross_is_a_cross_up_or_a_cross_down() {
        let a = [1.0, 3.0, 2.0, 2.0, 2.5, 1.0, 2.0, 1.0, 1.0];
        let crosses = |id| events(id, "value", json!({}), &[&a, &[2.0; 9]]);
        let (up, down) = (crosses("crossup"), crosses("crossdown"));
        let either =
            up.iter().zip(down).map(|(up, down)| Some((*up)? || down?)).collect::<Vec<_>>();
        assert_eq!(crosses("cross"), either);
        assert_eq!(either.iter().flatten().filter(|on| **on).count(), 4);
    }
}
