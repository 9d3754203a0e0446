//! A short average with lines at a multiple of the average true range.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "starc",
        display_name: "STARC Bands",
        category: Category::Overlap,
        description: "Manning Stoller's average range channel: a short simple average of the \
            close, and lines at a multiple of the average true range above and below it. Near the \
            upper band buying is seen as risky, near the lower one selling. The average true \
            range is Wilder's. Skender's defaults are 5, 10 and 2.",
        aliases: &["starc_bands", "stoller_average_range_channel"],
        inputs: [price("high"), price("low"), price("close")],
        outputs: [
            band("upper", "upper", Scale::Price, "The average plus the multiple of the range."),
            line("middle", "middle", Scale::Price, "The simple average of the close."),
            band("lower", "lower", Scale::Price, "The average less the multiple of the range."),
        ],
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "M. Stoller, STARC bands: SMA(close, 6) plus and less 2 * ATR(15)",
    }
    .indicator::<Starc>()
}

#[derive(Clone, Parameters)]
struct Starc {
    /// Bars of the average of the close.
    #[param(default = 6, min = 1)]
    period: usize,
    /// Bars of Wilder's average of the true range.
    #[param(default = 15, min = 1)]
    atr_period: usize,
    /// Average true ranges between the average and a band.
    #[param(default = 2.0, min = 0.0, max = 1e9)]
    multiplier: f64,
}

impl Composed<3> for Starc {
    type Out = [f64; 3];

    fn lookback(&self) -> usize {
        (self.period - 1).max(self.atr_period)
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [high, low, close]: [B::Line; 3]) -> B::Rows {
        let range = ta.atr([&high, &low, &close], self.atr_period);
        let middle = ta.sma(&close, self.period);
        ta.rows([&middle, &range], |[middle, range]| {
            let reach = self.multiplier * range;
            [middle + reach, middle, middle - reach]
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::run;

    #[test]
    fn constant_ranges_keep_a_constant_distance() {
        let close = [5.0, 6.0, 7.0, 8.0];
        let (high, low) = (close.map(|c| c + 1.0), close.map(|c| c - 1.0));
        let params = json!({ "period": 2, "atr_period": 1, "multiplier": 3 });
        let out = run("starc", params, &[&high, &low, &close]);
        let [upper, middle, lower] = [0, 1, 2].map(|i| out[i].as_f64().unwrap());
        assert_eq!(middle, [None, Some(5.5), Some(6.5), Some(7.5)]);
        assert_eq!((upper[3], lower[3]), (Some(13.5), Some(1.5)));
    }
}
