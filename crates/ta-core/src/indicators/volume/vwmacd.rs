//! The MACD of averages weighted by volume.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "vwmacd",
        display_name: "Volume-Weighted MACD",
        category: Category::Volume,
        description: "A MACD whose two averages weight each price by its volume, so that moves \
            on large volume show earlier and those on little volume less. It is read like the \
            MACD: crossings of the signal line and of 0, and the bars between the lines. The \
            averages are those of `vwma`; a window without volume counts all its prices alike. \
            Another version, by Hawkins, takes exponential averages of price times volume.",
        aliases: &["volume_weighted_macd"],
        inputs: [slot("series", Some("close")), price("volume")],
        outputs: [
            line("macd", "primary", Scale::Price, "Fast average less slow average."),
            line("signal", "signal", Scale::Price, "Exponential average of the difference."),
            histogram("histogram", "histogram", Scale::Price, "Difference less its average."),
        ],
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n * slow_period)",
        source: "Buff Dormeier, Investing with Volume Analysis (2011): VWMA(12) - VWMA(26)",
    }
    .indicator::<VolumeWeightedMacd>()
}

#[derive(Clone, Parameters)]
struct VolumeWeightedMacd {
    /// Bars of the fast average.
    #[param(default = 12, min = 1)]
    fast_period: usize,
    /// Bars of the slow average.
    #[param(default = 26, min = 1)]
    slow_period: usize,
    /// Bars of the signal line.
    #[param(default = 9, min = 1)]
    signal_period: usize,
}

impl Composed<2> for VolumeWeightedMacd {
    type Out = [f64; 3];

    fn lookback(&self) -> usize {
        self.fast_period.max(self.slow_period) - 1 + self.signal_period - 1
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [series, volume]: [B::Line; 2]) -> B::Rows {
        let traded = ta.map([&series, &volume], |[price, volume]| price * volume);
        let average = |period: usize| {
            let sums = [&traded, &volume, &series].map(|line| ta.exact_sum(line, period));
            ta.map(sums.each_ref(), |[traded, volume, prices]| {
                if volume == 0.0 {
                    prices / period as f64
                } else {
                    traded / volume
                }
            })
        };
        let (fast, slow) = (average(self.fast_period), average(self.slow_period));
        let macd = ta.map([&fast, &slow], |[fast, slow]| fast - slow);
        let signal = ta.ema(&macd, self.signal_period);
        ta.rows([&macd, &signal], |[macd, signal]| [macd, signal, macd - signal])
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn volume_decides_how_much_a_price_counts() {
        let inputs: [&[f64]; 2] = [&[1.0, 2.0, 5.0, 7.0], &[1.0, 3.0, 1.0, 0.0]];
        let given = json!({ "fast_period": 1, "slow_period": 2, "signal_period": 2 });
        let of = |output: &str| reals("vwmacd", output, given.clone(), &inputs);
        // Slow averages: 1.75, 2.75 and 5; the last fast average is a price without volume.
        assert_eq!(of("macd"), [None, None, Some(2.25), Some(2.0)]);
        assert_eq!(of("signal")[2], Some(1.25));
        assert_eq!(of("histogram")[2], Some(1.0));
    }
}
