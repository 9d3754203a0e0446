//! The shortest way that a price can have gone within a bar.

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

#[derive(Parameters)]
struct PriceDistance;

impl Formula<4> for PriceDistance {
    type Out = f64;

    fn lookback(&self) -> usize {
        1
    }

    fn compute(&self, [open, high, low, close]: [&[f64]; 4], distance: &mut [f64]) {
        for row in 1..close.len() {
            let (gap, body) = (open[row] - close[row - 1], close[row] - open[row]);
            distance[row] = 2.0 * (high[row] - low[row]) - body.abs() + gap.abs();
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::run;

    #[test]
    fn the_way_through_a_bar_is_the_shorter_of_the_two() {
        // From 10 to the open at 11, down to 9, up to 14, back to the close at 13.
        let bars = [&[10.0, 11.0][..], &[10.0, 14.0], &[10.0, 9.0], &[10.0, 13.0]];
        let out = run("pdist", json!({}), &bars);
        assert_eq!(out[0].as_f64().unwrap(), [None, Some(1.0 + 2.0 + 5.0 + 1.0)]);
    }
}
