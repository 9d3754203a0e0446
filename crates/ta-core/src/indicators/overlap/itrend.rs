//! The trend in a series, without lag.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "itrend",
        display_name: "Instantaneous Trendline",
        category: Category::Overlap,
        description: "Ehlers' trend line: what his cyber cycle filter takes away, so that a \
            series is the sum of both. It has no lag in a steady trend. The trigger is twice the \
            line less the line two bars before; where it crosses the line, the trend turns. \
            Ehlers reads the median price. The first six bars are a short average, from which \
            the filter starts; they have no value. This is the fixed filter of 2004; \
            `ht_trendline` adapts to the measured cycle.",
        aliases: &["instantaneous_trend", "ehlers_itrend"],
        inputs: [slot("series", Some("close"))],
        outputs: [
            line("value", "primary", Scale::Price, "The trend line."),
            line(
                "trigger",
                "signal",
                Scale::Price,
                "Twice the line less the line of two bars before.",
            ),
        ],
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "Ehlers, Cybernetic Analysis for Stocks and Futures (2004), chapter 3",
    }
    .indicator::<InstantaneousTrend>()
}

#[derive(Clone, Parameters)]
struct InstantaneousTrend {
    /// Smoothing: smaller is smoother.
    #[param(default = 0.07, min = 0.001, max = 1.0)]
    alpha: f64,
}

/// The last values, newest first, and how many rows there were.
#[derive(Clone, Default, State)]
struct Past {
    values: [f64; 2],
    line: [f64; 2],
    rows: usize,
}

/// Rows before the filter starts.
const SEEDS: usize = 6;

impl Recursive<1> for InstantaneousTrend {
    type Out = [f64; 2];
    type State = Past;

    fn lookback(&self) -> usize {
        SEEDS
    }

    fn start(&self) -> Past {
        Past::default()
    }

    fn next(&self, past: &mut Past, [value]: [f64; 1]) -> [f64; 2] {
        let ([one, two], [last, older]) = (past.values, past.line);
        let (alpha, rest) = (self.alpha, 1.0 - self.alpha);
        let square = alpha * alpha;
        let line = match past.rows {
            0 | 1 => value,
            2..SEEDS => (value + 2.0 * one + two) / 4.0,
            _ => {
                (alpha - square / 4.0) * value + 0.5 * square * one - (alpha - 0.75 * square) * two
                    + 2.0 * rest * last
                    - rest * rest * older
            }
        };
        let rows = (past.rows + 1).min(SEEDS);
        *past = Past { values: [value, one], line: [line, last], rows };
        [line, 2.0 * line - older]
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn it_keeps_a_level() {
        let values = reals("itrend", "value", json!({}), &[&[5.0; 40]]);
        assert_eq!(values[..6], [None; 6]);
        assert!(values[6..].iter().all(|v| (v.unwrap() - 5.0).abs() < 1e-12));
    }
}
