//! The volume of bars that moved, for and against, over half a year.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{float, int, line, period, price, Native},
    params::Params,
    talib::parts::{ema, highest, map, sma, sum},
    windows::deviation,
};

const PERIOD: usize = 0;
const VOLATILITY_PERIOD: usize = 1;
const SMOOTH_PERIOD: usize = 2;
const COEF: usize = 3;
const VOLUME_COEF: usize = 4;

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "vfi",
        display_name: "Volume Flow Indicator",
        category: Category::Volume,
        description: "Markos Katsanos' refinement of on balance volume: over half a year it adds \
            the volume of bars whose typical price rose and takes off that of bars where it fell, \
            in units of the average volume. Bars that moved less than a fraction of the usual \
            volatility do not count, and excessive volume counts only up to a multiple of the \
            average. Above 0 money flows in, below 0 out. Where prices are not positive a bar is \
            neutral, and without any volume the flow is 0.",
        aliases: &["volume_flow_indicator"],
        inputs: vec![price("high"), price("low"), price("close"), price("volume")],
        params: vec![
            period(130, 1, "Bars over which the flow is summed and the volume averaged."),
            int("volatility_period", 30, 2, 100_000, "Bars for the deviation of the returns."),
            int("smooth_period", 3, 1, 100_000, "Bars of the exponential average of the flow."),
            float("coef", 0.2, 0.0, 1e9, "Deviations that a move must exceed to count."),
            float("volume_coef", 2.5, 0.0, 1e9, "Average volumes that a bar counts at most."),
        ],
        outputs: vec![line("value", "primary", Scale::Ratio, "Net flow in average volumes.")
            .with_levels(&[0.0])],
        lookback_params: &["period", "volatility_period", "smooth_period"],
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n * volatility_period)",
        source: "Katsanos, Volume Flow Indicator, Stocks & Commodities 22:6 and 22:7 (2004), \
            MetaStock formula",
    }
    .indicator(VolumeFlow)
}

struct VolumeFlow;

/// The first row on which a bar can be judged.
fn first_flow(params: &Params) -> usize {
    params.int(PERIOD).max(params.int(VOLATILITY_PERIOD))
}

impl Kernel for VolumeFlow {
    fn lookback(&self, params: &Params) -> usize {
        first_flow(params) + params.int(PERIOD) - 1 + params.int(SMOOTH_PERIOD) - 1
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        let &[high, low, close, volume] = inputs else { return Err("needs four inputs".into()) };
        let typical = map([high, low, close], |[h, l, c]| (h + l + c) / 3.0);
        let returns: Vec<f64> = typical.windows(2).map(|pair| (pair[1] / pair[0]).ln()).collect();
        let volatility = deviation(&returns, params.int(VOLATILITY_PERIOD));
        let mean_volume = sma(volume, params.int(PERIOD));

        let mut flow = vec![f64::NAN; close.len()];
        for row in first_flow(params)..close.len() {
            let cutoff = params.float(COEF) * volatility[row - 1] * close[row];
            let counted = volume[row].min(params.float(VOLUME_COEF) * mean_volume[row - 1]);
            let change = typical[row] - typical[row - 1];
            flow[row] = if change > cutoff {
                counted
            } else if change < -cutoff {
                -counted
            } else {
                0.0
            };
        }
        let mut relative = sum(&flow, params.int(PERIOD));
        // The sums behind the averages run along, and seldom come back to exactly 0.
        let most = highest(volume, params.int(PERIOD));
        for row in first_flow(params) + params.int(PERIOD) - 1..close.len() {
            let traded = most[row - 1] != 0.0;
            relative[row] = if traded { relative[row] / mean_volume[row - 1] } else { 0.0 };
        }
        out[0].f64().copy_from_slice(&ema(&relative, params.int(SMOOTH_PERIOD)));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{compute, find_indicator, resolve};

    #[test]
    fn moves_count_with_capped_volume_and_stillness_does_not() {
        let indicator = find_indicator("vfi").unwrap();
        let given = json!({
            "period": 2, "volatility_period": 2, "smooth_period": 1, "volume_coef": 2.0,
        });
        let params = resolve(indicator, given.as_object().unwrap(), Default::default()).unwrap();
        let price = [10.0, 11.0, 12.0, 12.0, 9.0, 9.0];
        let volume = [100.0, 100.0, 100.0, 500.0, 1000.0, 0.0];
        let out = compute(indicator, &params, &[&price, &price, &price, &volume]).unwrap();
        // Flows from row 2 on: 100, 0, and a fall on 1000, counted as 2 * 300, then 0.
        let expected = [None, None, None, Some(1.0), Some(-2.0), Some(-600.0 / 750.0)];
        assert_eq!(out[0].as_f64().unwrap(), expected);
    }
}
