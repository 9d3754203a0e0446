//! Return over the deepest fall.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "calmar",
        display_name: "Rolling Calmar Ratio",
        category: Category::Statistic,
        description: "The compound return of the window a year, divided by its deepest fall from \
            a peak within the window, both as fractions. Young's own ratio takes three years of \
            months; the default here is a year of days. Feed it prices or an equity curve. Null \
            where the window has no fall, or a value that is not positive.",
        aliases: &["calmar_ratio", "rolling_calmar"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Ratio, "Return a year over the deepest fall.")
            .with_levels(&[0.0])
            .sparse(),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * p)",
        source: "Young, Calmar Ratio: A Smoother Tool, Futures, October 1991",
    }
    .indicator::<Calmar>()
}

#[derive(Clone, Parameters)]
struct Calmar {
    /// Returns in the window.
    #[param(default = 252, min = 1)]
    period: usize,
    /// Bars in a year: 252 for trading days.
    #[param(default = 252.0, min = 1e-3, max = 1e9)]
    bars_per_year: f64,
}

impl Composed<1> for Calmar {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period
    }

    fn compose<B: Blocks<f64>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let ratio = ta.windows(series, self.period + 1, |window| self.ratio(window));
        ta.rows([&ratio], |[ratio]| ratio)
    }
}

impl Calmar {
    fn ratio(&self, window: &[f64]) -> f64 {
        if window.iter().any(|value| *value <= 0.0) {
            return f64::NAN;
        }
        let (mut peak, mut deepest) = (window[0], 0f64);
        for &value in window {
            peak = peak.max(value);
            deepest = deepest.max(1.0 - value / peak);
        }
        let years = self.period as f64 / self.bars_per_year;
        let total = window[self.period] / window[0];
        (total.powf(years.recip()) - 1.0) / deepest
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn three_times_the_money_after_a_fall_by_half() {
        let params = json!({ "period": 3, "bars_per_year": 3 });
        let out = reals("calmar", "value", params, &[&[1.0, 2.0, 1.0, 3.0, 4.0, 5.0, 6.0]]);
        assert_eq!(out[..3], [None; 3]);
        assert!((out[3].unwrap() - 4.0).abs() < 1e-12);
        assert_eq!(out[6], None);
    }
}
