//! The change from an earlier value, as a fraction of it.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "percent_return",
        display_name: "Percent Return",
        category: Category::Statistic,
        description: "Change against the value of `period` rows before as a fraction of it: 0.05 \
            is a rise of five percent, in spite of the name, which is that of pandas-ta. Null \
            where the earlier value is 0, where `rocp` gives 0; otherwise the two agree.",
        aliases: &["pct_return", "pct_change"],
        inputs: [slot("series", Some("close"))],
        outputs: line(
            "value",
            "primary",
            Scale::Ratio,
            "Change over `period` rows, as a fraction of the earlier value.",
        )
        .with_levels(&[0.0]),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "a[i] / a[i-period] - 1",
    }
    .indicator::<PercentReturn>()
}

#[derive(Parameters)]
struct PercentReturn {
    /// Rows between the two values.
    #[param(default = 1, min = 1)]
    period: usize,
}

impl Formula<1> for PercentReturn {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period
    }

    fn compute(&self, [series]: [&[f64]; 1], change: &mut [f64]) {
        let period = self.period;
        for i in period..series.len() {
            change[i] = series[i] / series[i - period] - 1.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn growth_from_zero_is_null() {
        let out =
            reals("percent_return", "value", json!({ "period": 2 }), &[&[2.0, 0.0, 8.0, 1.0]]);
        assert_eq!(out, [None, None, Some(3.0), None]);
    }
}
