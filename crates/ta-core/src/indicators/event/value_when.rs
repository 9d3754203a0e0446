//! What a series was when a condition was true.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "value_when",
        display_name: "Value When",
        category: Category::Event,
        description:
            "The value that a series had on the row where a condition was last true, this \
            row included; with `occurrence` 1 the time before that, and so on. Null before there \
            were so many. A number counts as true if it is not 0.",
        aliases: &["valuewhen"],
        inputs: [slot("condition", None), slot("series", None)],
        outputs: line("value", "primary", Scale::Price, "The value at the time of the condition.")
            .sparse(),
        memory: Memory::Cumulative,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "Pine Script, ta.valuewhen",
    }
    .indicator::<ValueWhen>()
}

#[derive(Clone, Parameters)]
struct ValueWhen {
    /// Which time: 0 is the last.
    #[param(default = 0, min = 0, max = 10_000)]
    occurrence: usize,
}

impl Recursive<2> for ValueWhen {
    type Out = f64;
    /// The values at the last times.
    type State = Window;

    fn lookback(&self) -> usize {
        0
    }

    fn start(&self) -> Window {
        Window::missing(self.occurrence + 1)
    }

    fn next(&self, values: &mut Window, [condition, value]: [f64; 2]) -> f64 {
        if condition != 0.0 {
            values.push(value);
        }
        values.back(self.occurrence).unwrap_or(f64::NAN)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn the_last_time_and_the_one_before() {
        let inputs = [&[0.0, 1.0, 0.0, 1.0, 0.0][..], &[5.0, 6.0, 7.0, 8.0, 9.0]];
        let of =
            |occurrence| reals("value_when", "value", json!({ "occurrence": occurrence }), &inputs);
        assert_eq!(of(0), [None, Some(6.0), Some(6.0), Some(8.0), Some(8.0)]);
        assert_eq!(of(1), [None, None, None, Some(6.0), Some(6.0)]);
    }
}
