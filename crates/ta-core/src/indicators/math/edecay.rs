//! A peak that fades by the same fraction on every row.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "edecay",
        display_name: "Exponential Decay",
        category: Category::Math,
        description: "The value itself, or what is left of an earlier peak, whichever is greater: \
            a peak loses the fraction 1 / `period` of what is left on every row. Made for \
            signals of 1 and 0, where it says how recent the last signal is: one row after it is \
            1 - 1 / `period`, and it falls ever more slowly towards 0.",
        aliases: &["exponential_decay"],
        inputs: [slot("series", Some("close"))],
        outputs: line(
            "value",
            "primary",
            Scale::Price,
            "The value or the faded peak, whichever is greater.",
        ),
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "Tulip Indicators, edecay: max(a[i], edecay[i-1] * (1 - 1/period))",
    }
    .indicator::<Edecay>()
}

#[derive(Clone, Parameters)]
struct Edecay {
    /// Rows; a peak keeps 1 - 1 / period of itself on each.
    #[param(default = 5, min = 1)]
    period: usize,
}

impl Recursive<1> for Edecay {
    type Out = f64;
    /// What is left of the peak.
    type State = f64;

    fn lookback(&self) -> usize {
        0
    }

    fn start(&self) -> f64 {
        f64::NEG_INFINITY
    }

    fn next(&self, held: &mut f64, [value]: [f64; 1]) -> f64 {
        let kept = 1.0 - 1.0 / self.period as f64;
        *held = value.max(*held * kept);
        *held
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn a_peak_shrinks_by_the_same_fraction_on_each_row() {
        let out =
            reals("edecay", "value", json!({ "period": 4 }), &[&[-1.0, 16.0, 0.0, 0.0, 9.5, 1.0]]);
        let expected = [-1.0, 16.0, 12.0, 9.0, 9.5, 7.125];
        assert_eq!(out, expected.map(Some));
    }
}
