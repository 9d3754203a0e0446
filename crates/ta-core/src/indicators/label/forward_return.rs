//! The return over the next rows.

use crate::{
    labels::{known_after, Place},
    prelude::*,
};

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "forward_return",
        display_name: "Forward Return",
        category: Category::Label,
        description: "The change of the series from the labelled row to the row `period` rows \
            later, as a share (0.01 is 1 %) or as a logarithm: a label for training. It stands \
            `period` rows after the labelled row, where it is known. With `delayed` false it \
            stands in the labelled row itself: that looks ahead, the last `period` rows are null, \
            and the call has to ask for it with `allowLookahead: true`. In the section `labels` of \
            a pipeline it is always in the labelled row.",
        aliases: &["fwd_return", "future_return"],
        inputs: [slot("series", Some("close"))],
        outputs: (
            line("value", "primary", Scale::Ratio, "The return from the labelled row on.")
                .with_levels(&[0.0]),
            known_after(),
        ),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "definition: series[t + period] / series[t] - 1, or its logarithm",
    }
    .indicator::<ForwardReturn>()
}

/// How a return is written.
#[derive(Clone, Copy, PartialEq, Choice)]
enum Returns {
    Simple,
    Log,
}

#[derive(Clone, Parameters)]
struct ForwardReturn {
    /// Rows from the labelled row to the end of the return.
    #[param(default = 5, min = 1)]
    period: usize,
    /// Whether the return is a share of the first value or the logarithm of the quotient.
    #[param(default = Returns::Simple)]
    returns: Returns,
    #[param(flatten)]
    place: Place,
}

impl Formula<1> for ForwardReturn {
    type Out = (f64, i32);

    fn lookback(&self) -> usize {
        self.place.delay(self.period)
    }

    fn lookahead(&self) -> usize {
        self.place.ahead(self.period)
    }

    fn compute(&self, [series]: [&[f64]; 1], (values, known): (&mut [f64], &mut [i32])) {
        let delay = self.place.delay(self.period);
        for start in 0..series.len() - self.period {
            let ratio = series[start + self.period] / series[start];
            values[start + delay] = match self.returns {
                Returns::Simple => ratio - 1.0,
                Returns::Log => ratio.ln(),
            };
            known[start + delay] = self.period as i32;
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{reals, wholes};

    const PRICES: [f64; 4] = [100.0, 110.0, 99.0, 198.0];

    #[test]
    fn a_label_stands_where_it_is_known_or_in_the_row_that_it_labels() {
        let late = reals("forward_return", "value", json!({ "period": 1 }), &[&PRICES]);
        assert_eq!(late, [None, Some(110.0 / 100.0 - 1.0), Some(99.0 / 110.0 - 1.0), Some(1.0)]);
        let given = json!({ "period": 1, "delayed": false });
        let own = reals("forward_return", "value", given.clone(), &[&PRICES]);
        assert_eq!((&own[..3], own[3]), (&late[1..], None));
        let known = wholes("forward_return", "known_after", given, &[&PRICES]);
        assert_eq!(known, [Some(1), Some(1), Some(1), None]);
    }

    #[test]
    fn a_logarithm_and_no_value_from_zero() {
        let given = json!({ "period": 2, "returns": "log", "delayed": false });
        let logs = reals("forward_return", "value", given, &[&PRICES]);
        assert_eq!(logs, [Some(0.99_f64.ln()), Some(1.8_f64.ln()), None, None]);
        let given = json!({ "period": 1, "delayed": false });
        assert_eq!(reals("forward_return", "value", given, &[&[0.0, 1.0]]), [None, None]);
    }
}
