//! The mean distance of a smoothed series from its earlier values.

use super::reflex::in_root_mean_squares;
use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "trendflex",
        display_name: "Trendflex",
        category: Category::Cycle,
        description: "The companion of `reflex` that keeps the trend: the series is smoothed over \
            half a cycle, and the mean distance of its newest value from those of the last cycle \
            is given in units of its own root mean square. It follows cycles as reflex does and \
            stays on one side of zero while a trend lasts. The smoother starts on the first \
            value; where nothing ever moved the value is 0.",
        aliases: &["ehlers_trendflex"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Ratio, "Distance in root mean squares.")
            .with_levels(&[0.0])
            .within(-5.0, 5.0),
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n * period)",
        source: "J. Ehlers, Reflex: A New Zero-Lag Indicator, Stocks & Commodities, February 2020",
    }
    .indicator::<Trendflex>()
}

#[derive(Clone, Parameters)]
struct Trendflex {
    /// Bars of the cycle looked for.
    #[param(default = 20, min = 1)]
    period: usize,
}

impl Composed<1> for Trendflex {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period
    }

    fn compose<B: Blocks<f64>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        in_root_mean_squares(ta, &series, self.period, |past, now| {
            past.iter().map(|then| now - then).sum()
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn the_value_of_a_constant_trend_is_one() {
        let series: Vec<f64> = (0..800).map(|i| 5.0 - 0.25 * f64::from(i)).collect();
        let out = reals("trendflex", "value", json!({}), &[&series]);
        assert!((out[799].unwrap() + 1.0).abs() < 1e-9);
    }
}
