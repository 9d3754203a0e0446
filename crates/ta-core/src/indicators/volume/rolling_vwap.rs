//! The average price of the last bars, weighted by volume, with deviation bands.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "rolling_vwap",
        display_name: "Rolling VWAP",
        category: Category::Volume,
        description: "Average of the typical prices (high + low + close) / 3 of the last period \
            bars, each weighted by its volume, with bands at a multiple of the volume-weighted \
            (population) standard deviation. Unlike `session_vwap` it has no start at which it \
            jumps, so it suits markets that never close and longer horizons. TradingView's takes \
            a window of time, which chooses the number of bars. Null where nothing has traded in \
            the window.",
        aliases: &["rvwap", "moving_vwap"],
        inputs: [price("high"), price("low"), price("close"), price("volume")],
        outputs: (
            line("vwap", "primary", Scale::Price, "Volume-weighted average of the window."),
            [
                band("upper", "upper", Scale::Price, "Average plus multiplier deviations."),
                band("lower", "lower", Scale::Price, "Average less multiplier deviations."),
            ],
        ),
        memory: Memory::Window,
        pane: Pane::Overlay,
        complexity: "O(n * period)",
        source:
            "TradingView, Rolling VWAP: sum(v * p) / sum(v), sqrt(sum(v * (p - vwap)^2) / sum(v))",
    }
    .indicator::<RollingVwap>()
}

#[derive(Parameters)]
struct RollingVwap {
    /// Bars in the window.
    #[param(default = 20, min = 1)]
    period: usize,
    /// Standard deviations between average and bands.
    #[param(default = 1.0, min = 0.0, max = 1e9)]
    multiplier: f64,
}

impl Formula<4> for RollingVwap {
    type Out = (f64, [f64; 2]);

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn compute(
        &self,
        [high, low, close, volume]: [&[f64]; 4],
        (vwap, [upper, lower]): (&mut [f64], [&mut [f64]; 2]),
    ) {
        let typical = |row: usize| (high[row] + low[row] + close[row]) / 3.0;
        for row in self.lookback()..close.len() {
            let window = row + 1 - self.period..row + 1;
            let total: f64 = volume[window.clone()].iter().sum();
            let sum: f64 = window.clone().map(|row| volume[row] * typical(row)).sum();
            let mean = sum / total;
            let square = |row: usize| volume[row] * (typical(row) - mean) * (typical(row) - mean);
            let reach = self.multiplier * (window.map(square).sum::<f64>() / total).sqrt();
            (vwap[row], upper[row], lower[row]) = (mean, mean + reach, mean - reach);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn only_the_window_counts_and_only_what_has_traded() {
        let price = [90.0, 10.0, 20.0, 20.0, 5.0];
        let volume = [5.0, 3.0, 1.0, 0.0, 0.0];
        let of = |output: &str| {
            let given = json!({ "period": 2, "multiplier": 2.0 });
            reals("rolling_vwap", output, given, &[&price, &price, &price, &volume])
        };
        assert_eq!(of("vwap")[2..], [Some(12.5), Some(20.0), None]);
        assert_eq!(of("upper")[2], Some(12.5 + 2.0 * 18.75f64.sqrt()));
        assert_eq!(of("lower")[3], Some(20.0));
    }
}
