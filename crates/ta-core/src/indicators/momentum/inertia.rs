//! The refined Relative Volatility Index, smoothed by regression.

use ta_lib::abstract_api::FuncId;

use crate::prelude::*;

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

impl Composed<2> for Inertia {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period + self.rvi_period + self.stddev_period - 3
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [high, low]: [B::Line; 2]) -> B::Rows {
        let periods = [self.rvi_period, self.stddev_period];
        let index = ta.function(FuncId::RVIR, periods, [&high, &low]);
        let end = ta.linear_regression(index, self.period);
        ta.rows([&end], |[end]| end)
    }
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
