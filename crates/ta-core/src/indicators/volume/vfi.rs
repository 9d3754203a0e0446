//! The volume of rising bars less that of falling bars, without bars that hardly moved.

use crate::{
    prelude::*,
    talib::parts::{ema, highest, map, row, sma, sum, Part},
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

    /// The first row with a sum of flows.
    fn first_sum(&self) -> usize {
        self.first_flow() + self.period - 1
    }

    /// The flow of a bar, from its volume, the change of its typical price and the deviation of the
    /// returns. The average volume is that of the bar before.
    fn flow(&self, [change, deviation, close, volume]: [f64; 4], mean_volume: f64) -> f64 {
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

fn typical([high, low, close]: [f64; 3]) -> f64 {
    (high + low + close) / 3.0
}

/// A sum of flows in units of the average volume, which comes from a running sum: rounding may keep
/// it from returning to exactly 0, but not the highest volume.
fn relative(flows: f64, mean_volume: f64, highest_volume: f64) -> f64 {
    if highest_volume == 0.0 {
        0.0
    } else {
        flows / mean_volume
    }
}

impl Formula<4> for VolumeFlow {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.first_sum() + self.smooth_period - 1
    }

    fn compute(&self, [high, low, close, volume]: [&[f64]; 4], out: &mut [f64]) {
        let typical = map([high, low, close], typical);
        let returns: Vec<f64> = typical.windows(2).map(|pair| (pair[1] / pair[0]).ln()).collect();
        let volatility = deviation(&returns, self.volatility_period);
        let mean_volume = sma(volume, self.period);

        let mut flow = vec![f64::NAN; close.len()];
        for row in self.first_flow()..close.len() {
            let change = typical[row] - typical[row - 1];
            let bar = [change, volatility[row - 1], close[row], volume[row]];
            flow[row] = self.flow(bar, mean_volume[row - 1]);
        }
        let mut flows = sum(&flow, self.period);
        let most = highest(volume, self.period);
        for row in self.first_sum()..close.len() {
            flows[row] = relative(flows[row], mean_volume[row - 1], most[row - 1]);
        }
        out.copy_from_slice(&ema(&flows, self.smooth_period));
    }

    fn bank(&self, params: &Params) -> Option<Box<dyn Bank>> {
        Some(self.by_row(params))
    }
}

#[derive(Clone, State)]
struct Flow {
    /// The number of the next row.
    row: usize,
    /// The typical price of the row before.
    typical: f64,
    returns: Window,
    /// The average and the highest volume up to the row before.
    mean_volume: f64,
    highest_volume: f64,
    mean: Part,
    highest: Part,
    sum: Part,
    smooth: Part,
    /// Whether the average of the flow has begun, and whether it has no values any more.
    begun: bool,
    lost: bool,
}

impl ByRow<4> for VolumeFlow {
    type State = Flow;

    fn start(&self) -> Flow {
        Flow {
            row: 0,
            typical: f64::NAN,
            returns: Window::new(self.volatility_period),
            mean_volume: f64::NAN,
            highest_volume: f64::NAN,
            mean: row::sma(self.period),
            highest: row::highest(self.period),
            sum: row::sum(self.period),
            smooth: row::ema(self.smooth_period),
            begun: false,
            lost: false,
        }
    }

    fn next(&self, state: &mut Flow, [high, low, close, volume]: [f64; 4]) -> f64 {
        let row = state.row;
        state.row = row.saturating_add(1);
        let before = std::mem::replace(&mut state.typical, typical([high, low, close]));
        let change = state.typical - before;
        if row > 0 {
            state.returns.push((state.typical / before).ln());
        }
        let (mean_volume, highest_volume) = (state.mean_volume, state.highest_volume);
        state.mean_volume = state.mean.next([volume]);
        state.highest_volume = state.highest.next([volume]);
        if row < self.first_flow() {
            return f64::NAN;
        }
        let bar = [change, state.returns.deviation(), close, volume];
        let flows = state.sum.next([self.flow(bar, mean_volume)]);
        if row < self.first_sum() {
            return f64::NAN;
        }
        let flow = relative(flows, mean_volume, highest_volume);
        // TA-Lib's average has no values after a number that is not finite.
        state.lost |= state.begun && !flow.is_finite() && self.smooth_period > 1;
        state.begun |= flow.is_finite();
        let value = state.smooth.next([flow]);
        if state.lost {
            f64::NAN
        } else {
            value
        }
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
