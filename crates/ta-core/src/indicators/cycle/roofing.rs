//! A series without its trend and without its noise.

use crate::{high_pass::HighPass, prelude::*, super_smoother::SuperSmoother};

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "roofing",
        display_name: "Roofing Filter",
        category: Category::Cycle,
        description: "Ehlers' filter for what swings: a two-pole high-pass filter takes the trend \
            away, and the super smoother after it the noise. What remains are cycles between \
            `smooth_period` and `period` bars, around zero. Ehlers puts it in front of other \
            oscillators, so that they do not follow the trend. Both filters start at rest on the \
            first value.",
        aliases: &["roofing_filter", "ehlers_roofing_filter"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Price, "The part of the series that swings.")
            .with_levels(&[0.0]),
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source:
            "Ehlers, Predictive and Successful Indicators, Stocks & Commodities, January 2014; \
            Cycle Analytics for Traders (2013), chapter 7",
    }
    .indicator::<Roofing>()
}

#[derive(Clone, Parameters)]
struct Roofing {
    /// Longest cycle that passes.
    #[param(default = 48, min = 3)]
    period: usize,
    /// Shortest cycle that passes.
    #[param(default = 10, min = 1)]
    smooth_period: usize,
}

impl Recursive<1> for Roofing {
    type Out = f64;
    /// The filters, from the first row on.
    type State = Option<(HighPass, SuperSmoother)>;

    fn lookback(&self) -> usize {
        2
    }

    fn start(&self) -> Self::State {
        None
    }

    fn next(&self, filters: &mut Self::State, [value]: [f64; 1]) -> f64 {
        let (high_pass, smoother) = filters.get_or_insert_with(|| {
            let smoother = SuperSmoother::new(self.smooth_period as f64, 0.0);
            (HighPass::new(self.period as f64, value), smoother)
        });
        smoother.next(high_pass.next(value))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn a_trend_does_not_pass() {
        let series: Vec<f64> = (0..300).map(|i| 50.0 + 0.5 * f64::from(i)).collect();
        let values = reals("roofing", "value", json!({}), &[&series]);
        assert_eq!(values[..2], [None, None]);
        assert!(values[250..].iter().all(|v| v.unwrap().abs() < 1e-3));
    }
}
