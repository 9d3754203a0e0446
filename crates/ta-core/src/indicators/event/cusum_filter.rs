//! The rows in which a series has moved by a threshold since it last did.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "cusum_filter",
        display_name: "CUSUM Filter",
        category: Category::Event,
        description: "Marks the rows in which a series has moved far: 1 where its logarithm has \
            risen by more than the threshold from its lowest value since the last rise that \
            counted, -1 where it has fallen by more than the threshold from its highest value \
            since the last such fall, else 0. These rows are a sample of moves that matter, for \
            labels and training. Where both would count, the fall does.",
        aliases: &["cusum", "cusum_events"],
        inputs: [slot("series", Some("close"))],
        outputs: signal("value", "event", Scale::Ratio, "1 after a rise, -1 after a fall, else 0.")
            .within(-1.0, 1.0),
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "Lopez de Prado, Advances in Financial Machine Learning (2018), section 2.5.2.1, \
            on logarithms",
    }
    .indicator::<CusumFilter>()
}

#[derive(Clone, Parameters)]
struct CusumFilter {
    /// The rise or fall that counts, as a difference of logarithms (0.05 is about 5 %).
    #[param(default = 0.05, min = 0.0, max = 1e6)]
    threshold: f64,
}

impl Recursive<1> for CusumFilter {
    type Out = i32;
    /// The last logarithm, and the rise and the fall so far.
    type State = (Option<f64>, f64, f64);

    fn lookback(&self) -> usize {
        1
    }

    fn start(&self) -> Self::State {
        (None, 0.0, 0.0)
    }

    fn next(&self, (last, rise, fall): &mut Self::State, [value]: [f64; 1]) -> i32 {
        let log = value.ln();
        let change = log - last.replace(log).unwrap_or(log);
        *rise = (*rise + change).max(0.0);
        *fall = (*fall + change).min(0.0);
        if *fall < -self.threshold {
            *fall = 0.0;
            return -1;
        }
        if *rise > self.threshold {
            *rise = 0.0;
            return 1;
        }
        0
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::wholes;

    #[test]
    fn a_move_counts_once_it_passes_the_threshold_and_begins_again_after_that() {
        let logs = [0.0, 0.06, 0.11, 0.15, 0.22, 0.10, 0.13];
        let series = logs.map(f64::exp);
        let events = wholes("cusum_filter", "value", json!({ "threshold": 0.1 }), &[&series]);
        let expected = [None, Some(0), Some(1), Some(0), Some(1), Some(-1), Some(0)];
        assert_eq!(events, expected);
    }
}
