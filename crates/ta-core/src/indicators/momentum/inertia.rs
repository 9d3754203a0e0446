//! The refined Relative Volatility Index, smoothed by regression.

use ta_lib::abstract_api::FuncId;

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{int, line, period, price, Native},
    params::{ParamValue::Int, Params},
    talib::parts::{call, linear_regression},
};

const PERIOD: usize = 0;
const RVI_PERIOD: usize = 1;
const STDDEV_PERIOD: usize = 2;

/// The catalog entry.
pub fn indicator() -> Indicator {
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
        inputs: vec![price("high"), price("low")],
        params: vec![
            period(20, 2, "Bars in the regression."),
            int("rvi_period", 14, 1, 100_000, "Bars of Wilder's smoothing in the index."),
            int("stddev_period", 10, 2, 100_000, "Bars in the index's standard deviations."),
        ],
        outputs: vec![line("value", "primary", Scale::Ratio, "Smoothed index, around 50.")
            .with_levels(&[50.0])],
        lookback_params: &["period", "rvi_period", "stddev_period"],
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "D. Dorsey, Refining the Relative Volatility Index, Stocks & Commodities, \
            September 1995: linreg(RVI of 1995, 20)",
    }
    .indicator(Inertia)
}

struct Inertia;

impl Kernel for Inertia {
    fn lookback(&self, params: &Params) -> usize {
        params.int(PERIOD) + params.int(RVI_PERIOD) + params.int(STDDEV_PERIOD) - 3
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        let given = [RVI_PERIOD, STDDEV_PERIOD].map(|index| Int(params.int(index) as i64));
        let index = call(FuncId::RVIR, given.to_vec(), inputs);
        let line = linear_regression(&index[0], params.int(PERIOD));
        let first = self.lookback(params);
        out[0].f64()[first..].copy_from_slice(&line[first..]);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{compute, find_indicator, Params};

    #[test]
    fn prices_that_only_rise_have_all_of_it() {
        let indicator = find_indicator("inertia").unwrap();
        let low: Vec<f64> = (0..60).map(|i| f64::from(i * i)).collect();
        let high: Vec<f64> = low.iter().map(|l| l + 1.0).collect();
        let out = compute(indicator, &Params::defaults(&indicator.meta), &[&high, &low]).unwrap();
        let values = out[0].as_f64().unwrap();
        assert!(values[..41].iter().all(Option::is_none));
        assert!(values[41..].iter().all(|v| (v.unwrap() - 100.0).abs() < 1e-9));
    }
}
