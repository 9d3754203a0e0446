//! The bars inside or outside of a channel, and the bars on which a series enters or leaves it.

use crate::prelude::*;

/// The catalog entries.
pub fn define() -> [Indicator; 4] {
    [
        Native {
            id: "in_channel",
            display_name: "In Channel",
            category: Category::Event,
            description: "True on every row whose value lies between the lower and the upper \
                bound, the bounds themselves included. Either bound may be a series, such as a \
                Bollinger band, or a number. Where the upper bound is below the lower one, \
                nothing is inside.",
            aliases: &["in", "inside_channel"],
            inputs: [slot("series", None), slot("upper", None), slot("lower", None)],
            outputs: event(
                "value",
                "event",
                "True where the series lies between the bounds or on one.",
            ),
            memory: Memory::Window,
            pane: Pane::Overlay,
            complexity: "O(n)",
            source: "lower[i] <= a[i] <= upper[i]",
        }
        .indicator::<Inside>(),
        Native {
            id: "out",
            display_name: "Out of Channel",
            category: Category::Event,
            description: "True on every row whose value lies above the upper or below the lower \
                bound; a value on a bound is not out. The opposite of `in_channel` on every row. \
                Either bound may be a series or a number.",
            aliases: &["out_channel", "outside_channel"],
            inputs: [slot("series", None), slot("upper", None), slot("lower", None)],
            outputs: event(
                "value",
                "event",
                "True where the series lies above the upper or below the lower bound.",
            ),
            memory: Memory::Window,
            pane: Pane::Overlay,
            complexity: "O(n)",
            source: "a[i] > upper[i] or a[i] < lower[i]",
        }
        .indicator::<Outside>(),
        Native {
            id: "enter",
            display_name: "Enter Channel",
            category: Category::Event,
            description: "True on the row where the series lies within the channel, bounds \
                included, after having been outside of it on the row before; each row is held \
                against its own bounds, so the channel may also move over the series. False on \
                every other row.",
            aliases: &["enter_channel"],
            inputs: [slot("series", None), slot("upper", None), slot("lower", None)],
            outputs: event(
                "value",
                "event",
                "True where the series comes into the channel from outside.",
            ),
            memory: Memory::Window,
            pane: Pane::Overlay,
            complexity: "O(n)",
            source: "in_channel[i] and not in_channel[i-1]",
        }
        .indicator::<Enter>(),
        Native {
            id: "exit",
            display_name: "Exit Channel",
            category: Category::Event,
            description: "True on the row where the series lies above the upper or below the \
                lower bound after having been within the channel, bounds included, on the row \
                before; each row is held against its own bounds, so the channel may also move \
                away from the series. False on every other row.",
            aliases: &["exit_channel"],
            inputs: [slot("series", None), slot("upper", None), slot("lower", None)],
            outputs: event("value", "event", "True where the series leaves the channel."),
            memory: Memory::Window,
            pane: Pane::Overlay,
            complexity: "O(n)",
            source: "not in_channel[i] and in_channel[i-1]",
        }
        .indicator::<Exit>(),
    ]
}

/// Whether a value lies within the bounds or on one of them.
fn inside([series, upper, lower]: [&[f64]; 3], row: usize) -> bool {
    lower[row] <= series[row] && series[row] <= upper[row]
}

rowwise!(Inside: bool, back 0, |[a, upper, lower], i| inside([a, upper, lower], i));
rowwise!(Outside: bool, back 0, |[a, upper, lower], i| a[i] > upper[i] || a[i] < lower[i]);
rowwise!(Enter: bool, back 1, |[a, upper, lower], i| {
    inside([a, upper, lower], i) && !inside([a, upper, lower], i - 1)
});
rowwise!(Exit: bool, back 1, |[a, upper, lower], i| {
    !inside([a, upper, lower], i) && inside([a, upper, lower], i - 1)
});

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::events;

    /// An indicator with the bounds 1 and 3, on the last row 1 and 6.
    fn of(id: &str) -> Vec<Option<bool>> {
        let series = [2.0, 3.0, 3.5, 1.0, 0.5, 2.0, 5.0];
        let (upper, lower) = ([3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 6.0], [1.0; 7]);
        events(id, "value", json!({}), &[&series, &upper, &lower])
    }

    #[test]
    fn a_value_on_a_bound_is_inside() {
        let inside = [true, true, false, true, false, true, true];
        assert_eq!(of("in_channel"), inside.map(Some));
        assert_eq!(of("out"), inside.map(|inside| Some(!inside)));
    }

    #[test]
    fn entering_and_leaving_are_marked_once() {
        let marks = |rows: [usize; 2]| -> Vec<_> {
            (0..7).map(|row| (row > 0).then(|| rows.contains(&row))).collect()
        };
        assert_eq!(of("enter"), marks([3, 5]));
        assert_eq!(of("exit"), marks([2, 4]));
    }
}
