//! The standard error of a window's mean.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "stderr",
        display_name: "Standard Error",
        category: Category::Statistic,
        description: "Standard error of the mean of the last `period` values: their standard \
            deviation divided by the square root of their number. Says how far the mean of so \
            few values may be off, in units of the series. The deviation is that of the \
            population, as in tulip and TA-Lib; pandas-ta divides by one less. 0 when all values \
            of the window are equal.",
        aliases: &["standard_error", "sem"],
        inputs: [slot("series", Some("close"))],
        outputs: line(
            "value",
            "primary",
            Scale::Price,
            "Standard deviation over the square root of period.",
        ),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "Tulip Indicators, stderr: population standard deviation / sqrt(period)",
    }
    .indicator::<Stderr>()
}

#[derive(Clone, Parameters)]
struct Stderr {
    /// Rows in the window, the current one included.
    #[param(default = 5, min = 2)]
    period: usize,
}

impl Composed<1> for Stderr {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let deviation = ta.stddev(&series, self.period);
        let root = (self.period as f64).sqrt();
        ta.rows([&deviation], |[deviation]| deviation / root)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn the_value_is_the_deviation_divided_by_the_root_of_the_count() {
        let out = reals("stderr", "value", json!({ "period": 4 }), &[&[1.0, 1.0, 5.0, 5.0]]);
        assert_eq!(out, [None, None, None, Some(1.0)]);
    }
}
