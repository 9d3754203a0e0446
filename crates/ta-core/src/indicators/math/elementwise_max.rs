//! The larger or the smaller of two values on each row.

use crate::prelude::*;

/// The catalog entries.
pub fn define() -> [Indicator; 2] {
    [
        Native {
            id: "elementwise_max",
            display_name: "Element-wise Maximum",
            category: Category::Math,
            description: "The greater of the two values of each row; not over a window, which is \
                `max`. With a number as the other input it is a floor that the result cannot \
                fall below.",
            aliases: &["max_horizontal"],
            inputs: [slot("series", None), slot("other", None)],
            outputs: line("value", "primary", Scale::Price, "The greater of series and other."),
            memory: Memory::Window,
            pane: Pane::Overlay,
            complexity: "O(n)",
            source: "max(a[i], b[i])",
        }
        .indicator::<Greater>(),
        Native {
            id: "elementwise_min",
            display_name: "Element-wise Minimum",
            category: Category::Math,
            description: "The lesser of the two values of each row; not over a window, which is \
                `min`. With a number as the other input it is a cap that the result cannot rise \
                above.",
            aliases: &["min_horizontal"],
            inputs: [slot("series", None), slot("other", None)],
            outputs: line("value", "primary", Scale::Price, "The lesser of series and other."),
            memory: Memory::Window,
            pane: Pane::Overlay,
            complexity: "O(n)",
            source: "min(a[i], b[i])",
        }
        .indicator::<Lesser>(),
    ]
}

rowwise!(Greater: f64, back 0, |[a, b], i| a[i].max(b[i]));
rowwise!(Lesser: f64, back 0, |[a, b], i| a[i].min(b[i]));

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn the_value_is_the_larger_one_of_each_row() {
        let out =
            reals("elementwise_max", "value", json!({}), &[&[1.0, 2.0, 3.0], &[2.0, 2.0, -1.0]]);
        assert_eq!(out, [2.0, 2.0, 3.0].map(Some));
    }

    #[test]
    fn the_value_is_the_smaller_one_of_each_row() {
        let out =
            reals("elementwise_min", "value", json!({}), &[&[1.0, 2.0, 3.0], &[2.0, 2.0, -1.0]]);
        assert_eq!(out, [1.0, 2.0, -1.0].map(Some));
    }
}
