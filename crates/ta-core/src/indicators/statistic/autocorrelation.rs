//! The correlation of a series with its own past.

use crate::{pairs::Pairs, prelude::*};

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "autocorrelation",
        display_name: "Autocorrelation",
        category: Category::Statistic,
        description: "Pearson correlation of the last `period` values with those `lag` rows \
            before them, from -1 to 1. Of returns it says whether moves go on (above 0) or turn \
            back (below 0); of prices it is near 1 in every trend. Null where one of the two \
            windows stands still.",
        aliases: &["autocorr", "acf"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Ratio, "Correlation with the past, from -1 to 1.")
            .with_levels(&[0.0])
            .within(-1.0, 1.0),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * p)",
        source: "Pearson correlation of x and x[lag]; pandas rolling(period).corr(shift(lag))",
    }
    .indicator::<Autocorrelation>()
}

#[derive(Clone, Parameters)]
struct Autocorrelation {
    /// Rows in each window.
    #[param(default = 30, min = 2)]
    period: usize,
    /// Rows between the two windows.
    #[param(default = 1, min = 1)]
    lag: usize,
}

impl Composed<1> for Autocorrelation {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period + self.lag - 1
    }

    fn compose<B: Blocks<f64>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let found = ta.windows(series, self.period + self.lag, |window| {
            let pairs = window.iter().copied().zip(window[self.lag..].iter().copied());
            Pairs::of(pairs).correlation()
        });
        ta.rows([&found], |[found]| found)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn a_zigzag_is_the_opposite_of_its_past() {
        let series = [1.0, 2.0, 1.0, 2.0, 1.0, 1.0, 1.0, 1.0];
        let out = reals("autocorrelation", "value", json!({ "period": 3, "lag": 1 }), &[&series]);
        assert_eq!(out[..3], [None; 3]);
        assert_eq!(out[3].map(|v| (v * 1e12).round() / 1e12), Some(-1.0));
        assert_eq!(out[7], None);
    }
}
