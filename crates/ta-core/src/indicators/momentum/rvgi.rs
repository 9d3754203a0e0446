//! Smoothed bodies of the bars relative to their smoothed ranges.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "rvgi",
        display_name: "Relative Vigor Index",
        category: Category::Momentum,
        description: "Ehlers' measure of where bars close within their range: the sum of the \
            bodies (close - open) over the sum of the ranges (high - low), both smoothed by a \
            symmetric weighted average first. Bars of an uptrend close above their open, so \
            values above zero are bullish; crossings of the signal line, the same symmetric \
            average of the index, are the trigger. A window of bars without range has no value.",
        aliases: &["relative_vigor_index"],
        inputs: [price("open"), price("high"), price("low"), price("close")],
        outputs: [
            line("rvgi", "primary", Scale::Ratio, "Smoothed bodies as a share of the ranges.")
                .with_levels(&[0.0]),
            line("signal", "signal", Scale::Ratio, "Symmetric weighted average of the index."),
        ],
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * (period + swma_period))",
        source: "J. Ehlers, Relative Vigor Index, Stocks & Commodities, January 2002",
    }
    .indicator::<Rvgi>()
}

#[derive(Clone, Parameters)]
struct Rvgi {
    /// Bars in the sums of bodies and ranges.
    #[param(default = 14, min = 1)]
    period: usize,
    /// Bars of the symmetric weighted averages.
    #[param(default = 4, min = 1)]
    swma_period: usize,
}

impl Composed<4> for Rvgi {
    type Out = [f64; 2];

    fn lookback(&self) -> usize {
        self.period - 1 + 2 * (self.swma_period - 1)
    }

    fn compose<B: Blocks<Self::Out>>(
        &self,
        ta: &B,
        [open, high, low, close]: [B::Line; 4],
    ) -> B::Rows {
        let symmetric = |line: &B::Line| symmetric(ta, line, self.swma_period);
        let bodies = symmetric(&ta.map([&close, &open], |[close, open]| close - open));
        let ranges = symmetric(&ta.map([&high, &low], |[high, low]| high - low));
        let sums = [&ta.exact_sum(bodies, self.period), &ta.exact_sum(ranges, self.period)];
        let index = ta.map(sums, |[bodies, ranges]| bodies / ranges);
        ta.rows([&index, &symmetric(&index)], |lines| lines)
    }
}

/// The average with the weights 1, 2, 2, 1 for four bars, 1, 2, 3, 2, 1 for five.
fn symmetric<B: Blocks<[f64; 2]>>(ta: &B, line: &B::Line, taps: usize) -> B::Line {
    let weight = |place: usize| (place + 1).min(taps - place) as f64;
    let total: f64 = (0..taps).map(weight).sum();
    ta.weighted(line, taps, weight, total)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::run;

    #[test]
    fn the_weights_are_those_of_ehlers_and_bodies_of_half_the_range_give_a_half() {
        let (zero, one, body) = ([0.0; 7], [1.0; 7], [0.0, 0.0, 0.0, 6.0, 0.0, 0.0, 12.0]);
        let out = run("rvgi", json!({ "period": 1 }), &[&zero, &one, &zero, &body]);
        assert_eq!(out[0].as_f64().unwrap()[6], Some((6.0 + 12.0) / 6.0));
        let bars: Vec<f64> = (0..30).map(|i| f64::from(i % 5 + 1)).collect();
        let open = vec![10.0; 30];
        let close: Vec<f64> = bars.iter().map(|b| 10.0 + b).collect();
        let high: Vec<f64> = bars.iter().map(|b| 10.0 + 1.5 * b).collect();
        let low: Vec<f64> = bars.iter().map(|b| 10.0 - 0.5 * b).collect();
        let out = run("rvgi", json!({}), &[&open, &high, &low, &close]);
        for column in out {
            let values = column.as_f64().unwrap();
            assert!(values[19..].iter().all(|v| (v.unwrap() - 0.5).abs() < 1e-12));
        }
    }
}
