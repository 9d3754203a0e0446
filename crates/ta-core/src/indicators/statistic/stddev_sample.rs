//! The standard deviation of a sample.

use crate::{
    prelude::*,
    windows::{all_equal, sample_variance_of},
};

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "stddev_sample",
        display_name: "Sample Standard Deviation",
        category: Category::Statistic,
        description:
            "Standard deviation of the last `period` values that divides by one less than \
            their number, as pandas, polars and R do: an estimate for all values from which these \
            are a sample. `stddev` divides by their number, as TA-Lib and charts do. The result is \
            0 when all values of the window are equal.",
        aliases: &["sample_stddev", "std_sample"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Price, "Sample deviation of the window."),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * p)",
        source: "sqrt(sum((a - mean)^2) / (period - 1)), pandas' rolling(period).std()",
    }
    .indicator::<SampleDeviation>()
}

#[derive(Clone, Parameters)]
struct SampleDeviation {
    /// Rows in the window.
    #[param(default = 5, min = 2)]
    period: usize,
}

impl Composed<1> for SampleDeviation {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn compose<B: Blocks<f64>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let variance = ta.windows(series, self.period, |window| {
            if all_equal(window) {
                return 0.0;
            }
            sample_variance_of(window)
        });
        ta.rows([&variance], |[variance]| variance.sqrt())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::run;

    #[test]
    fn divides_by_one_less_than_the_number_of_values() {
        let values = |series: &[f64]| {
            run("stddev_sample", json!({ "period": 4 }), &[series])[0].as_f64().unwrap()[3].unwrap()
        };
        assert!((values(&[2.0, 4.0, 4.0, 6.0]) - (8.0f64 / 3.0).sqrt()).abs() < 1e-15);
        assert_eq!(values(&[0.1; 4]), 0.0);
    }
}
