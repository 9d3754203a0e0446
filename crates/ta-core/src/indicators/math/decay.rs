//! A peak that fades by the same amount on every row.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "decay",
        display_name: "Linear Decay",
        category: Category::Math,
        description: "The value itself, or what is left of an earlier peak, whichever is greater: \
            a peak loses 1 / `period` on every row, in units of the series. Made for signals of \
            1 and 0, where it says how recent the last signal is: one row after it is 1 - 1 / \
            `period`, and after `period` rows nothing is left. On a price, 1 / `period` is a \
            fixed amount of it.",
        aliases: &["linear_decay"],
        inputs: [slot("series", Some("close"))],
        outputs: line(
            "value",
            "primary",
            Scale::Other,
            "The value or the faded peak, whichever is greater.",
        ),
        memory: Memory::Cumulative,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "Tulip Indicators, decay: max(a[i], decay[i-1] - 1/period)",
    }
    .indicator::<Decay>()
}

#[derive(Clone, Parameters)]
struct Decay {
    /// Rows in which a signal of 1 fades away.
    #[param(default = 5, min = 1)]
    period: usize,
}

impl Recursive<1> for Decay {
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
        let step = 1.0 / self.period as f64;
        *held = value.max(*held - step);
        *held
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn a_signal_has_faded_after_the_period() {
        let signal = [0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0];
        let out = reals("decay", "value", json!({ "period": 4 }), &[&signal]);
        let expected = [0.0, 1.0, 0.75, 0.5, 1.0, 0.75, 0.5, 0.25, 0.0, 0.0];
        assert_eq!(out, expected.map(Some));
    }
}
