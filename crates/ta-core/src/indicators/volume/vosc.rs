//! The short average of the volume relative to its long average.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "vosc",
        display_name: "Volume Oscillator",
        category: Category::Volume,
        description: "A fast minus a slow simple average of the volume, in percent of the slow \
            one: above 0 trading is busier than usual, below 0 quieter. A move on a rising \
            oscillator is taken more seriously than one on a falling. Without any volume in the \
            slow window it is 0; the fast period must be the shorter one.",
        aliases: &["volume_oscillator"],
        inputs: [price("volume")],
        outputs: line(
            "value",
            "primary",
            Scale::Ratio,
            "Gap of the averages in percent of the slow one.",
        )
        .with_levels(&[0.0]),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "Tulip Indicators, vosc: 100 * (SMA(v, fast) - SMA(v, slow)) / SMA(v, slow)",
    }
    .indicator::<VolumeOscillator>()
}

#[derive(Clone, Parameters)]
struct VolumeOscillator {
    /// Bars in the fast average of the volume.
    #[param(default = 5, min = 1, max = 99_999)]
    fast_period: usize,
    /// Bars in the slow average of the volume.
    #[param(default = 20, min = 2)]
    slow_period: usize,
}

impl Composed<1> for VolumeOscillator {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.slow_period - 1
    }

    fn accepts(&self) -> bool {
        self.fast_period < self.slow_period
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [volume]: [B::Line; 1]) -> B::Rows {
        let fast = ta.sma(&volume, self.fast_period);
        let slow = ta.sma(&volume, self.slow_period);
        let most = ta.highest(&volume, self.slow_period);
        ta.rows([&fast, &slow, &most], |[fast, slow, most]| {
            // The averages come from running sums, which rounding may keep from returning to 0.
            if most == 0.0 {
                0.0
            } else {
                100.0 * ((fast - slow) / slow)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{reals, refuses};

    #[test]
    fn the_value_is_in_percent_of_the_slow_average_and_zero_without_volume() {
        let out = reals(
            "vosc",
            "value",
            json!({ "fast_period": 1, "slow_period": 2 }),
            &[&[100.0, 300.0, 0.0, 0.0]],
        );
        let expected = [None, Some(50.0), Some(-100.0), Some(0.0)];
        assert_eq!(out, expected);
        let out = reals(
            "vosc",
            "value",
            json!({ "fast_period": 1, "slow_period": 2 }),
            &[&[0.1, 0.7, 0.3, 0.0, 0.0]],
        );
        assert_eq!(out[4], Some(0.0));
        assert!(refuses("vosc", json!({ "fast_period": 3, "slow_period": 3 })));
    }
}
