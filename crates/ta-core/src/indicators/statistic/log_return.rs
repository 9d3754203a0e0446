//! The logarithm of the ratio to an earlier value.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "log_return",
        display_name: "Log Return",
        category: Category::Statistic,
        description: "Natural logarithm of the ratio between the value and that of `period` rows \
            before. Log returns of successive spans add up to that of the whole, and a rise and \
            the fall that undoes it are equal in size. Null where the ratio is not positive, as \
            with a value of 0.",
        aliases: &["log_returns"],
        inputs: [slot("series", Some("close"))],
        outputs: line(
            "value",
            "primary",
            Scale::Ratio,
            "Logarithm of the ratio to the value of `period` rows before.",
        )
        .with_levels(&[0.0]),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "ln(a[i] / a[i-period])",
    }
    .indicator::<LogReturn>()
}

#[derive(Parameters)]
struct LogReturn {
    /// Rows between the two values.
    #[param(default = 1, min = 1)]
    period: usize,
}

impl Formula<1> for LogReturn {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period
    }

    fn compute(&self, [series]: [&[f64]; 1], change: &mut [f64]) {
        let period = self.period;
        for i in period..series.len() {
            change[i] = (series[i] / series[i - period]).ln();
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn growth_from_zero_is_null() {
        let out = reals("log_return", "value", json!({ "period": 2 }), &[&[2.0, 0.0, 8.0, 1.0]]);
        assert_eq!(out, [None, None, Some(4f64.ln()), None]);
    }
}
