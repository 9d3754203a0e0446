//! A rank from the directions of price and volume.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "pvr",
        display_name: "Price Volume Rank",
        category: Category::Volume,
        description: "A number for what price and volume did since the bar before: 1 both rose, \
            2 only the price rose, 3 both fell, 4 the price fell on more volume; 0 where one of \
            them is unchanged. An average of it below 2.5 is read as a time to buy, above 2.5 to \
            sell. pandas-ta has no 0, and its 3 and 4 are exchanged.",
        aliases: &["price_volume_rank"],
        inputs: [price("close"), price("volume")],
        outputs: signal(
            "value",
            "primary",
            Scale::Ratio,
            "Rank from 1 to 4; 0 if one is unchanged.",
        )
        .with_levels(&[2.5])
        .within(0.0, 4.0),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "A. J. Macek, Price-Volume Rank, Stocks & Commodities 12:6 (1994), MetaStock",
    }
    .indicator::<Rank>()
}

rowwise!(Rank: i32, back 1, |[close, volume], i| {
    rank(close[i] - close[i - 1], volume[i] - volume[i - 1])
});

fn rank(price: f64, volume: f64) -> i32 {
    if price > 0.0 && volume > 0.0 {
        1
    } else if price > 0.0 && volume < 0.0 {
        2
    } else if price < 0.0 && volume < 0.0 {
        3
    } else if price < 0.0 && volume > 0.0 {
        4
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::wholes;

    #[test]
    fn each_pair_of_directions_has_its_number() {
        let close = [1.0, 2.0, 3.0, 2.0, 1.0, 1.0, 2.0];
        let volume = [1.0, 2.0, 1.0, 0.5, 0.8, 0.9, 0.9];
        let expected = [None, Some(1), Some(2), Some(3), Some(4), Some(0), Some(0)];
        assert_eq!(wholes("pvr", "value", json!({}), &[&close, &volume]), expected);
    }
}
