//! The volume of rising bars less that of falling bars, without bars that hardly moved.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "vfi",
        display_name: "Volume Flow Indicator",
        category: Category::Volume,
        description: "Markos Katsanos' refinement of on balance volume: over half a year it adds \
            the volume of bars whose typical price rose and takes off that of bars where it \
            fell, in units of the average volume. Bars that moved less than a fraction of the \
            usual volatility do not count, and excessive volume counts only up to a multiple of \
            the average. Above 0 money flows in, below 0 out. Where prices are not positive a \
            bar is neutral, and without any volume the flow is 0.",
        aliases: &["volume_flow_indicator"],
        inputs: [price("high"), price("low"), price("close"), price("volume")],
        outputs: line("value", "primary", Scale::Ratio, "Net flow in average volumes.")
            .with_levels(&[0.0]),
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n * volatility_period)",
        source: "Katsanos, Volume Flow Indicator, Stocks & Commodities 22:6 and 22:7 (2004), \
            MetaStock formula",
    }
    .indicator::<VolumeFlow>()
}

#[derive(Clone, Parameters)]
struct VolumeFlow {
    /// Bars over which the flow is summed and the volume averaged.
    #[param(default = 130, min = 1)]
    period: usize,
    /// Bars for the deviation of the returns.
    #[param(default = 30, min = 2)]
    volatility_period: usize,
    /// Bars of the exponential average of the flow.
    #[param(default = 3, min = 1)]
    smooth_period: usize,
    /// Deviations that a move must exceed to count.
    #[param(default = 0.2, min = 0.0, max = 1e9)]
    coef: f64,
    /// Average volumes that a bar counts at most.
    #[param(default = 2.5, min = 0.0, max = 1e9)]
    volume_coef: f64,
}

impl VolumeFlow {
    /// The first row with a volatility and an average volume.
    fn first_flow(&self) -> usize {
        self.period.max(self.volatility_period)
    }

    /// The flow of a bar, from its volume, the change of its typical price and the deviation of the
    /// returns. The average volume is that of the bar before.
    fn flow(&self, [change, deviation, close, volume, mean_volume]: [f64; 5]) -> f64 {
        let cutoff = self.coef * deviation * close;
        let counted = volume.min(self.volume_coef * mean_volume);
        if change > cutoff {
            counted
        } else if change < -cutoff {
            -counted
        } else {
            0.0
        }
    }
}

impl Composed<4> for VolumeFlow {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.first_flow() + self.period - 1 + self.smooth_period - 1
    }

    fn compose<B: Blocks<Self::Out>>(
        &self,
        ta: &B,
        [high, low, close, volume]: [B::Line; 4],
    ) -> B::Rows {
        let typical =
            ta.map([&high, &low, &close], |[high, low, close]| (high + low + close) / 3.0);
        let returns = ta.windows(typical.clone(), 2, |pair| (pair[1] / pair[0]).ln());
        let deviation = ta.exact_deviation(returns, self.volatility_period);
        let change = ta.windows(typical, 2, |pair| pair[1] - pair[0]);
        let mean_volume = ta.shift(ta.sma(&volume, self.period), 1);
        let most = ta.shift(ta.highest(&volume, self.period), 1);

        let bars = [&change, &deviation, &close, &volume, &mean_volume];
        let flow = ta.without_first(ta.map(bars, |bar| self.flow(bar)), self.first_flow());
        let flows = ta.sum(flow, self.period);
        let relative = ta.map([&flows, &mean_volume, &most], |[flows, mean_volume, most]| {
            // The average volume comes from a running sum: rounding may keep it from returning to
            // exactly 0, but not the highest volume.
            if most == 0.0 && !flows.is_nan() {
                0.0
            } else {
                flows / mean_volume
            }
        });
        let smooth = ta.ema(&relative, self.smooth_period);
        ta.scan_rows(
            || (false, false),
            [&relative, &smooth],
            |(begun, lost), [relative, smooth]| {
                // TA-Lib's average has no values after a number that is not finite.
                *lost |= *begun && !relative.is_finite() && self.smooth_period > 1;
                *begun |= relative.is_finite();
                if *lost {
                    f64::NAN
                } else {
                    smooth
                }
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn only_moves_count_and_their_volume_is_capped() {
        let price = [10.0, 11.0, 12.0, 12.0, 9.0, 9.0];
        let volume = [100.0, 100.0, 100.0, 500.0, 1000.0, 0.0];
        let out = reals(
            "vfi",
            "value",
            json!({
                "period": 2, "volatility_period": 2, "smooth_period": 1, "volume_coef": 2.0,
            }),
            &[&price, &price, &price, &volume],
        );
        // Flows from row 2 on: 100, 0, and a fall on 1000, counted as 2 * 300, then 0.
        let expected = [None, None, None, Some(1.0), Some(-2.0), Some(-600.0 / 750.0)];
        assert_eq!(out, expected);
    }
}
