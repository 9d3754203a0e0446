//! Depth and duration of drawdowns in one number.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{line, period, slot, Native},
    params::Params,
    talib::parts::{highest, map},
};

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "ulcer_index",
        display_name: "Ulcer Index",
        category: Category::Volatility,
        description: "Peter Martin's measure of downside risk: the quadratic mean, over the \
            window, of the percentages by which the series stood below its highest value of the \
            period bars up to there. It is 0 while every bar is a new high and grows with the \
            depth and the length of drawdowns; rises count for nothing. Where the highest value \
            is 0 there is no percentage, and no value.",
        aliases: &["ui", "ulcer"],
        inputs: vec![slot("series", Some("close"))],
        params: vec![period(14, 1, "Bars for the highest value, and bars in the mean.")],
        outputs: vec![line(
            "value",
            "primary",
            Scale::Ratio,
            "Quadratic mean drawdown in percent.",
        )],
        lookback_params: &["period"],
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * p)",
        source: "Martin and McCann, The Investor's Guide to Fidelity Funds (1989); StockCharts \
            ChartSchool, Ulcer Index",
    }
    .indicator(UlcerIndex)
}

struct UlcerIndex;

impl Kernel for UlcerIndex {
    fn lookback(&self, params: &Params) -> usize {
        2 * (params.int(0) - 1)
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        let period = params.int(0);
        let top = highest(inputs[0], period);
        let squares = map([inputs[0], &top], |[value, top]| {
            let drawdown = 100.0 * ((value - top) / top);
            drawdown * drawdown
        });
        // Summed anew for each row: what a running sum leaves of 0 is large under the root.
        for row in self.lookback(params)..squares.len() {
            let sum: f64 = squares[row + 1 - period..=row].iter().sum();
            out[0].f64()[row] = (sum / period as f64).sqrt();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{compute, find_indicator, resolve};

    #[test]
    fn only_falls_hurt_and_they_pass() {
        let indicator = find_indicator("ulcer_index").unwrap();
        let given = json!({ "period": 2 });
        let params = resolve(indicator, given.as_object().unwrap(), Default::default()).unwrap();
        let series = [80.0, 90.0, 100.0, 90.0, 95.0, 99.0];
        let out = compute(indicator, &params, &[&series]).unwrap();
        // One fall of 10 percent: sqrt((0 + 100) / 2), on its bar and the next.
        let fall = Some(50f64.sqrt());
        let found: Vec<_> = out[0].as_f64().unwrap().to_vec();
        assert_eq!(found, [None, None, Some(0.0), fall, fall, Some(0.0)]);
    }
}
