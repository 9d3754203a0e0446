//! The volume of rising bars less that of falling bars, without bars that hardly moved.

use crate::{
    prelude::*,
    talib::parts::{ema, highest, map, sma, sum},
    windows::deviation,
};

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

#[derive(Parameters)]
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
}

impl Formula<4> for VolumeFlow {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.first_flow() + self.period - 1 + self.smooth_period - 1
    }

    fn compute(&self, [high, low, close, volume]: [&[f64]; 4], out: &mut [f64]) {
        let typical = map([high, low, close], |[h, l, c]| (h + l + c) / 3.0);
        let returns: Vec<f64> = typical.windows(2).map(|pair| (pair[1] / pair[0]).ln()).collect();
        let volatility = deviation(&returns, self.volatility_period);
        let mean_volume = sma(volume, self.period);

        let mut flow = vec![f64::NAN; close.len()];
        for row in self.first_flow()..close.len() {
            let cutoff = self.coef * volatility[row - 1] * close[row];
            let counted = volume[row].min(self.volume_coef * mean_volume[row - 1]);
            let change = typical[row] - typical[row - 1];
            flow[row] = if change > cutoff {
                counted
            } else if change < -cutoff {
                -counted
            } else {
                0.0
            };
        }
        let mut relative = sum(&flow, self.period);
        // The average comes from a running sum, which rounding may keep from returning to exactly
        // 0.
        let most = highest(volume, self.period);
        for row in self.first_flow() + self.period - 1..close.len() {
            let traded = most[row - 1] != 0.0;
            relative[row] = if traded { relative[row] / mean_volume[row - 1] } else { 0.0 };
        }
        out.copy_from_slice(&ema(&relative, self.smooth_period));
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
