//! How seldom a pattern that repeats goes on in the same way.

use crate::{
    prelude::*,
    windows::{all_equal, deviation_of},
};

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "sample_entropy",
        display_name: "Sample Entropy",
        category: Category::Statistic,
        description: "The irregularity of a window: of all pairs of stretches of `length` values \
            that are alike within `tolerance` deviations, the share that stays alike for one \
            value more, as a negative logarithm. Near 0 the series repeats itself; of noise it is \
            about 2. `entropy` reads shares of a total, not order. Null where no pair stays \
            alike, or the window stands still.",
        aliases: &["sampen"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Ratio, "Irregularity, 0 for repetition.").sparse(),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * p^2)",
        source:
            "Richman and Moorman, Physiological Time-Series Analysis Using Approximate Entropy \
            and Sample Entropy (2000)",
    }
    .indicator::<SampleEntropy>()
}

#[derive(Clone, Parameters)]
struct SampleEntropy {
    /// Rows in the window.
    #[param(default = 60, min = 5, max = 2000)]
    period: usize,
    /// Values of a stretch.
    #[param(default = 2, min = 1, max = 10)]
    length: usize,
    /// How far values may be apart, in deviations of the window.
    #[param(default = 0.2, min = 0.0, max = 10.0)]
    tolerance: f64,
}

impl Composed<1> for SampleEntropy {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn accepts(&self) -> bool {
        self.length + 2 <= self.period
    }

    fn compose<B: Blocks<f64>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let entropy = ta.windows(series, self.period, |window| self.entropy(window));
        ta.rows([&entropy], |[entropy]| entropy)
    }
}

impl SampleEntropy {
    fn entropy(&self, window: &[f64]) -> f64 {
        let apart = self.tolerance * deviation_of(window);
        if apart.is_nan() || all_equal(window) {
            return f64::NAN;
        }
        let alike = |one: usize, other: usize| (window[one] - window[other]).abs() <= apart;
        let starts = window.len() - self.length;
        let (mut short, mut long) = (0usize, 0usize);
        for one in 0..starts {
            for other in one + 1..starts {
                if (0..self.length).all(|step| alike(one + step, other + step)) {
                    short += 1;
                    long += usize::from(alike(one + self.length, other + self.length));
                }
            }
        }
        (short as f64 / long as f64).ln()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn a_repetition_is_regular() {
        let series: Vec<f64> = (0..60).map(|row| f64::from(row % 3)).collect();
        let out = reals("sample_entropy", "value", json!({}), &[&series]);
        assert_eq!((out[58], out[59]), (None, Some(0.0)));
    }
}
