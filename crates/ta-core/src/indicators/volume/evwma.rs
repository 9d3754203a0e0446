//! An average that each bar moves by its share of the recent volume.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "evwma",
        display_name: "Elastic Volume-Weighted Moving Average",
        category: Category::Volume,
        description: "Christian Fries' average: each bar replaces a share of it by its price, \
            namely its volume over the volume of the last period bars, so the line is elastic: \
            fast when much is traded and nearly still when little is. It approximates what the \
            holders have paid. Fries divides by the shares outstanding; the sum of a window is \
            the usual substitute. It starts at the price of the first full window, as in R's \
            TTR, and stays where it is while nothing trades.",
        aliases: &["elastic_vwma", "elastic_volume_weighted_moving_average"],
        inputs: [slot("series", Some("close")), price("volume")],
        outputs: line("value", "primary", Scale::Price, "Elastic average of the prices."),
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n * period)",
        source: "C. P. Fries, Elastic Moving Averages, Stocks & Commodities, 2001",
    }
    .indicator::<Elastic>()
}

#[derive(Clone, Parameters)]
struct Elastic {
    /// Bars whose volume stands for the shares outstanding.
    #[param(default = 20, min = 1)]
    period: usize,
}

impl Composed<2> for Elastic {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [series, volume]: [B::Line; 2]) -> B::Rows {
        let float = ta.exact_sum(&volume, self.period);
        ta.scan_rows(
            || f64::NAN,
            [&series, &volume, &float],
            |average, [price, volume, float]| {
                if float.is_nan() {
                    return f64::NAN;
                }
                if average.is_nan() {
                    *average = price;
                } else if float > 0.0 {
                    *average = ((float - volume) * *average + volume * price) / float;
                }
                *average
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn a_bar_counts_by_its_share_of_the_volume() {
        let inputs: [&[f64]; 2] = [&[9.0, 2.0, 4.0, 8.0, 1.0], &[5.0, 1.0, 1.0, 0.0, 0.0]];
        let out = reals("evwma", "value", json!({ "period": 2 }), &inputs);
        assert_eq!(out, [None, Some(2.0), Some(3.0), Some(3.0), Some(3.0)]);
    }
}
