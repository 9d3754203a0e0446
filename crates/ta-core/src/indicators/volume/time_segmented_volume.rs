//! The sum of the changes of the close, each times its volume.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "time_segmented_volume",
        display_name: "Time Segmented Volume",
        category: Category::Volume,
        description: "The change of the close times the volume, summed over the last period \
            bars: money that flowed in (above 0) or out (below 0), weighted by how far it moved \
            the price. Crossings of 0 and of the signal line and divergences from the price are \
            read. Worden Brothers, who devised it, keep their own code secret: this is the \
            formula that charting programs use.",
        aliases: &[],
        inputs: [price("close"), price("volume")],
        outputs: [
            line("value", "primary", Scale::PriceVolume, "Sum of change times volume.")
                .with_levels(&[0.0]),
            line("signal", "signal", Scale::PriceVolume, "Simple average of the sum."),
        ],
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * period)",
        source: "prorealcode.com and wickra, TSV: sum(volume * (close - close[1]), 18)",
    }
    .indicator::<TimeSegmented>()
}

#[derive(Clone, Parameters)]
struct TimeSegmented {
    /// Changes in the sum.
    #[param(default = 18, min = 1)]
    period: usize,
    /// Bars of the signal line.
    #[param(default = 10, min = 1)]
    signal_period: usize,
}

impl Composed<2> for TimeSegmented {
    type Out = [f64; 2];

    fn lookback(&self) -> usize {
        self.period + self.signal_period - 1
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [close, volume]: [B::Line; 2]) -> B::Rows {
        let change = ta.windows(close, 2, |pair| pair[1] - pair[0]);
        let flow = ta.map([&change, &volume], |[change, volume]| change * volume);
        let sum = ta.exact_sum(&flow, self.period);
        let signal = ta.exact_sum(&sum, self.signal_period);
        ta.rows([&sum, &signal], |[sum, signal]| [sum, signal / self.signal_period as f64])
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn moves_count_by_their_size_and_volume() {
        let inputs: [&[f64]; 2] = [&[1.0, 3.0, 2.0, 2.0, 5.0], &[7.0, 10.0, 4.0, 100.0, 2.0]];
        let given = json!({ "period": 2, "signal_period": 2 });
        let sums = [None, None, None, Some(-4.0), Some(6.0)];
        assert_eq!(reals("time_segmented_volume", "value", given.clone(), &inputs), sums);
        let signal = [None, None, None, Some(6.0), Some(1.0)];
        assert_eq!(reals("time_segmented_volume", "signal", given, &inputs), signal);
    }
}
