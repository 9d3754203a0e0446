//! The shortest path of the price through a bar.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "pdist",
        display_name: "Price Distance",
        category: Category::Volatility,
        description: "The least distance that the price has travelled since the last close: the \
            gap to the open, from there to both extremes of the bar and to the close, which is \
            twice the range less the body. Large values on a small net change are bars of \
            hesitation.",
        aliases: &["price_distance"],
        inputs: [price("open"), price("high"), price("low"), price("close")],
        outputs: line("value", "primary", Scale::Price, "Distance travelled by the price."),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "ProRealCode, PriceDistance: 2 * (h - l) - |c - o| + |o - c[1]|",
    }
    .indicator::<PriceDistance>()
}

rowwise!(PriceDistance: f64, back 1, |[open, high, low, close], i| {
    let (gap, body) = (open[i] - close[i - 1], close[i] - open[i]);
    2.0 * (high[i] - low[i]) - body.abs() + gap.abs()
});

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn the_value_is_the_shorter_of_two_paths_through_a_bar() {
        // From 10 to the open at 11, down to 9, up to 14, back to the close at 13.
        let bars = [&[10.0, 11.0][..], &[10.0, 14.0], &[10.0, 9.0], &[10.0, 13.0]];
        let out = reals("pdist", "value", json!({}), &bars);
        assert_eq!(out, [None, Some(1.0 + 2.0 + 5.0 + 1.0)]);
    }
}
