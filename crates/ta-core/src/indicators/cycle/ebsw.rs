//! Ehlers' sine wave: a band-passed price divided by the root of its power.

use std::f64::consts::TAU;

use crate::{prelude::*, super_smoother::SuperSmoother};

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "ebsw",
        display_name: "Even Better Sinewave",
        category: Category::Cycle,
        description: "Ehlers' swing indicator: a high-pass filter removes cycles longer than the \
            period, a super smoother removes noise, and the mean of the last three filtered \
            values is divided by the root of their mean square. It moves like a sine while the \
            market cycles and stays near 1 or -1 while it trends; entries are taken as it leaves \
            those levels. The filters start at rest, values are shown once a full period has \
            passed, and where nothing moved the value is 0.",
        aliases: &["even_better_sinewave"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Ratio, "Normalized wave, from -1 to 1.")
            .with_levels(&[0.0])
            .within(-1.0, 1.0),
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "J. Ehlers, Cycle Analytics for Traders, 2013, ch. 12, Even Better Sinewave",
    }
    .indicator::<Ebsw>()
}

#[derive(Clone, Parameters)]
struct Ebsw {
    /// Longest cycle that the high-pass filter lets pass.
    #[param(default = 40, min = 5)]
    period: usize,
    /// Shortest cycle that the smoother lets pass.
    #[param(default = 10, min = 2)]
    smooth_period: usize,
}

impl Recursive<1> for Ebsw {
    type Out = f64;
    type State = Filtered;

    fn lookback(&self) -> usize {
        self.period
    }

    fn start(&self) -> Filtered {
        let smoother = SuperSmoother::new(self.smooth_period as f64, 0.0);
        Filtered { last: None, passed: 0.0, smoother, smooth: [0.0; 3] }
    }

    fn next(&self, state: &mut Filtered, [value]: [f64; 1]) -> f64 {
        let angle = TAU / self.period as f64;
        let alpha = (1.0 - angle.sin()) / angle.cos();
        let change = state.last.replace(value).map_or(0.0, |last| value - last);
        state.passed = 0.5 * (1.0 + alpha) * change + alpha * state.passed;
        let smooth = state.smoother.next(state.passed);
        state.smooth = [state.smooth[1], state.smooth[2], smooth];
        let wave = state.smooth.iter().sum::<f64>() / 3.0;
        let power = state.smooth.iter().map(|v| v * v).sum::<f64>() / 3.0;
        if power == 0.0 {
            0.0
        } else {
            (wave / power.sqrt()).clamp(-1.0, 1.0)
        }
    }
}

/// The filters, at rest on the first row.
#[derive(Clone, State)]
struct Filtered {
    /// The last value of the series.
    last: Option<f64>,
    /// The last value of the high-pass filter.
    passed: f64,
    smoother: SuperSmoother,
    /// The last three smoothed values, the oldest first.
    smooth: [f64; 3],
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn a_trend_has_a_constant_value() {
        let series: Vec<f64> = (0..120).map(|i| 50.0 + 0.5 * f64::from(i)).collect();
        let values = reals("ebsw", "value", json!({}), &[&series]);
        assert!(values[..40].iter().all(Option::is_none));
        assert!(values[60..].iter().all(|v| v.unwrap() > 0.999));
    }
}
