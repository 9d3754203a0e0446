//! Ehlers' recursive low-pass filter.

use std::f64::consts::PI;

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "ssf",
        display_name: "Ehlers Super Smoother",
        category: Category::Overlap,
        description: "John Ehlers' low-pass filter, a Butterworth filter of two or three poles \
            reduced to a single input term: movements shorter than the period are removed, with \
            less lag than a moving average as smooth needs. The filter is seeded with the first \
            bars themselves, one for each pole, and these have no value. This is the form of \
            2004, which reads the latest price; later articles average it with the one before.",
        aliases: &["super_smoother", "supersmoother", "ehlers_super_smoother"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Price, "The smoothed series."),
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "Ehlers, Cybernetic Analysis for Stocks and Futures (2004), chapter 13: two-pole \
            and three-pole super smoother",
    }
    .indicator::<SuperSmoother>()
}

#[derive(Clone, Parameters)]
struct SuperSmoother {
    /// Bars of the shortest cycle that passes the filter.
    #[param(default = 20, min = 1)]
    period: usize,
    /// Poles of the filter: three smooth more and lag more.
    #[param(default = 2, min = 2, max = 3)]
    poles: usize,
}

/// The filter, its last values, newest first, and how many of them are set.
#[derive(Clone, State)]
struct Past {
    filter: Fixed<Filter>,
    values: [f64; 3],
    count: usize,
}

/// The weights of a new value and of the last values of the filter.
#[derive(Clone)]
struct Filter {
    input: f64,
    feedback: [f64; 3],
}

impl Recursive<1> for SuperSmoother {
    type Out = f64;
    type State = Past;

    fn lookback(&self) -> usize {
        self.poles
    }

    fn start(&self) -> Past {
        let feedback = feedback(self.period as f64, self.poles);
        // The weights of input and feedback add up to 1.
        let input = 1.0 - feedback.iter().sum::<f64>();
        Past { filter: Fixed(Filter { input, feedback }), values: [0.0; 3], count: 0 }
    }

    #[inline(always)]
    fn next(&self, past: &mut Past, [value]: [f64; 1]) -> f64 {
        let Past { filter: Fixed(filter), values, count } = past;
        let smooth = if *count < self.poles {
            *count += 1;
            value
        } else {
            let weights = filter.feedback.iter().zip(&*values);
            let weighted = weights.map(|(weight, value)| weight * value);
            filter.input * value + weighted.take(self.poles).sum::<f64>()
        };
        *values = [smooth, values[0], values[1]];
        smooth
    }
}

/// Weights of the last values of the filter, newest first.
fn feedback(period: f64, poles: usize) -> [f64; 3] {
    if poles == 2 {
        let angle = 2f64.sqrt() * PI / period;
        let decay = (-angle).exp();
        return [2.0 * decay * angle.cos(), -decay * decay, 0.0];
    }
    let angle = PI / period;
    let decay = (-angle).exp();
    let b = 2.0 * decay * (3f64.sqrt() * angle).cos();
    let c = decay * decay;
    [b + c, -(c + b * c), c * c]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn after_a_step_the_filter_reaches_the_new_level() {
        for poles in [2, 3] {
            let given = json!({ "period": 10, "poles": poles });
            let series: Vec<f64> = (0..200).map(|i| if i < 5 { 1.0 } else { 3.0 }).collect();
            let smooth = reals("ssf", "value", given, &[&series]);
            assert_eq!(smooth.iter().position(Option::is_some), Some(poles));
            assert!((smooth[4].unwrap() - 1.0).abs() < 1e-12);
            assert!(smooth[5].unwrap() > 1.0 && smooth[5].unwrap() < 2.0);
            assert!((smooth[199].unwrap() - 3.0).abs() < 1e-12);
        }
    }
}
