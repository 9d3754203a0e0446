//! The RSI of volume: how much of it traded on rises.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "volume_rsi",
        display_name: "Volume RSI",
        category: Category::Volume,
        description: "An RSI that averages, by Wilder's method, the volume of rising and of \
            falling closes in the place of their changes: the percentage of the volume that \
            traded on rises. Above 50 buyers have more of the volume, below 50 sellers; extremes \
            and divergences are read as with the RSI. Unchanged closes do not count, and there \
            is no value where nothing has traded on a change. It is not the RSI of the volume \
            itself, which is `rsi` of that column; scripts of this name on TradingView take \
            plain sums instead of averages.",
        aliases: &["vrsi", "volume_relative_strength_index"],
        inputs: [price("close"), price("volume")],
        outputs: line("value", "primary", Scale::Ratio, "Share of rises, from 0 to 100.")
            .with_levels(&[50.0])
            .within(0.0, 100.0),
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "Wilder, RSI (1978), over volumes: 100 - 100 / (1 + average up / average down)",
    }
    .indicator::<VolumeRsi>()
}

#[derive(Clone, Parameters)]
struct VolumeRsi {
    /// Bars of Wilder's averages.
    #[param(default = 14, min = 1)]
    period: usize,
}

impl Composed<2> for VolumeRsi {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [close, volume]: [B::Line; 2]) -> B::Rows {
        let change = ta.windows(close, 2, |pair| pair[1] - pair[0]);
        let volume = ta.without_first(&volume, 1);
        let of = |counts: fn(f64) -> bool| {
            let counted = ta.map([&change, &volume], |[change, volume]| {
                if volume.is_nan() || counts(change) {
                    volume
                } else {
                    0.0
                }
            });
            ta.rma(counted, self.period)
        };
        let (up, down) = (of(|change| change > 0.0), of(|change| change < 0.0));
        ta.rows([&up, &down], |[up, down]| 100.0 * (up / (up + down)))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn rises_and_falls_share_the_volume() {
        let inputs: [&[f64]; 2] =
            [&[1.0, 2.0, 1.5, 1.5, 2.0, 2.5], &[9.0, 30.0, 10.0, 80.0, 10.0, 1.0]];
        let out = reals("volume_rsi", "value", json!({ "period": 2 }), &inputs);
        // Averages of rises: 15, 7.5, 8.75; of falls: 5, 2.5, 1.25.
        assert_eq!(out[..5], [None, None, Some(75.0), Some(75.0), Some(87.5)]);
        let out = reals("volume_rsi", "value", json!({ "period": 1 }), &inputs);
        assert_eq!(out[1..4], [Some(100.0), Some(0.0), None]);
    }
}
