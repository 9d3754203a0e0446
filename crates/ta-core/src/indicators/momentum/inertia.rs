//! The refined Relative Volatility Index, smoothed by regression.

use ta_lib::abstract_api::FuncId;

use crate::{
    params::ParamValue::{self, Int},
    prelude::*,
    talib::parts::{call, linear_regression, row, Part},
};

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "inertia",
        display_name: "Inertia",
        category: Category::Momentum,
        description: "Dorsey's trend measure: the end of the regression line through the last \
            values of the refined Relative Volatility Index (the mean of the index of the highs \
            and that of the lows, `rvir`). Volatility that comes with rising prices gives values \
            above 50 and means that the trend is up and stays up, values below 50 the opposite. \
            The line may end somewhat outside 0 to 100.",
        aliases: &["dorsey_inertia"],
        inputs: [price("high"), price("low")],
        outputs: line("value", "primary", Scale::Ratio, "Smoothed index, around 50.")
            .with_levels(&[50.0]),
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "D. Dorsey, Refining the Relative Volatility Index, Stocks & Commodities, \
            September 1995: linreg(RVI of 1995, 20)",
    }
    .indicator::<Inertia>()
}

#[derive(Clone, Parameters)]
struct Inertia {
    /// Bars in the regression.
    #[param(default = 20, min = 2)]
    period: usize,
    /// Bars of Wilder's smoothing in the index.
    #[param(default = 14, min = 1)]
    rvi_period: usize,
    /// Bars in the index's standard deviations.
    #[param(default = 10, min = 2)]
    stddev_period: usize,
}

impl Inertia {
    /// The parameters of the index.
    fn periods(&self) -> Vec<ParamValue> {
        [self.rvi_period, self.stddev_period].map(|period| Int(period as i64)).to_vec()
    }
}

impl Formula<2> for Inertia {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period + self.rvi_period + self.stddev_period - 3
    }

    fn compute(&self, inputs: [&[f64]; 2], out: &mut [f64]) {
        let index = call(FuncId::RVIR, self.periods(), &inputs);
        let line = linear_regression(&index[0], self.period);
        let first = self.lookback();
        out[first..].copy_from_slice(&line[first..]);
    }

    fn bank(&self, params: &Params) -> Option<Box<dyn Bank>> {
        Some(self.by_row(params))
    }
}

impl ByRow<2> for Inertia {
    type State = Smoothed;

    fn start(&self) -> Smoothed {
        Smoothed {
            index: Part::new(FuncId::RVIR, self.periods()),
            line: row::linear_regression(self.period),
        }
    }

    fn next(&self, state: &mut Smoothed, row: [f64; 2]) -> f64 {
        let index = state.index.next(row);
        state.line.next([index])
    }
}

/// The index and the end of its line.
#[derive(Clone, State)]
struct Smoothed {
    index: Part,
    line: Part,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn prices_that_only_rise_have_the_largest_value() {
        let low: Vec<f64> = (0..60).map(|i| f64::from(i * i)).collect();
        let high: Vec<f64> = low.iter().map(|l| l + 1.0).collect();
        let values = reals("inertia", "value", json!({}), &[&high, &low]);
        assert!(values[..41].iter().all(Option::is_none));
        assert!(values[41..].iter().all(|v| (v.unwrap() - 100.0).abs() < 1e-9));
    }
}
