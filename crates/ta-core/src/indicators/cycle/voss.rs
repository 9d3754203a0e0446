//! A band-pass filter with negative delay.

use std::f64::consts::TAU;

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "voss",
        display_name: "Voss Predictor",
        category: Category::Cycle,
        description: "Ehlers' use of a filter by H. Voss that answers before its input: a \
            band-pass filter finds the cycle of `period` bars, and a sum over its own past \
            advances it by `predict` bars. Where the predictor crosses the filter, the cycle is \
            about to turn. It reads no later bars: it is a forecast, good as long as the cycle \
            lasts. The band-pass filter is 0 on the first five bars, which have no value.",
        aliases: &["voss_predictive_filter", "ehlers_voss"],
        inputs: [slot("series", Some("close"))],
        outputs: [
            line("value", "primary", Scale::Price, "The filter, advanced in time.")
                .with_levels(&[0.0]),
            line("filter", "signal", Scale::Price, "The band-pass filter."),
        ],
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n * predict)",
        source: "Ehlers, A Peek Into the Future, Stocks & Commodities, August 2019",
    }
    .indicator::<Voss>()
}

#[derive(Clone, Parameters)]
struct Voss {
    /// Bars of the cycle.
    #[param(default = 20, min = 5)]
    period: usize,
    /// Bars that the filter is advanced by.
    #[param(default = 3, min = 1, max = 100)]
    predict: usize,
    /// Width of the band as a fraction of the cycle's frequency.
    #[param(default = 0.25, min = 0.01, max = 0.99)]
    bandwidth: f64,
}

/// The last values of the series and of the filter, newest first, those of the predictor, and how
/// many rows there were.
#[derive(Clone, State)]
struct Past {
    values: [f64; 2],
    filter: [f64; 2],
    predicted: Window,
    rows: usize,
}

/// Rows on which the filter is 0.
const SEEDS: usize = 5;

impl Recursive<1> for Voss {
    type Out = [f64; 2];
    type State = Past;

    fn lookback(&self) -> usize {
        SEEDS
    }

    fn start(&self) -> Past {
        let predicted = Window::new(3 * self.predict);
        Past { values: [0.0; 2], filter: [0.0; 2], predicted, rows: 0 }
    }

    fn next(&self, past: &mut Past, [value]: [f64; 1]) -> [f64; 2] {
        let angle = TAU / self.period as f64;
        let width = (self.bandwidth * angle).cos().recip();
        let s1 = width - (width * width - 1.0).sqrt();
        let ([one, two], [last, older]) = (past.values, past.filter);
        let filter = if past.rows < SEEDS {
            0.0
        } else {
            0.5 * (1.0 - s1) * (value - two) + angle.cos() * (1.0 + s1) * last - s1 * older
        };
        past.rows = (past.rows + 1).min(SEEDS);
        past.values = [value, one];
        past.filter = [filter, last];

        let order = 3 * self.predict;
        // Values before the first row are 0, so the newest have the last places.
        let newest = past.predicted.iter().rev().zip((1..=order).rev());
        let sum: f64 = newest.map(|(value, place)| place as f64 / order as f64 * value).sum();
        let predicted = (3 + order) as f64 / 2.0 * filter - sum;
        past.predicted.push(predicted);
        [predicted, filter]
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn the_predictor_of_a_cycle_is_ahead_of_the_filter() {
        let series: Vec<f64> =
            (0..400).map(|i| (std::f64::consts::TAU * f64::from(i) / 20.0).sin()).collect();
        let of = |output| reals("voss", output, json!({}), &[&series]);
        let (value, filter) = (of("value"), of("filter"));
        assert_eq!(value[..5], [None; 5]);
        let rises = |line: &[Option<f64>]| {
            (300..320).find(|&row| line[row - 1].unwrap() < 0.0 && line[row].unwrap() >= 0.0)
        };
        let ahead = (rises(&filter).unwrap() + 20 - rises(&value).unwrap()) % 20;
        assert!((1..=5).contains(&ahead), "{ahead}");
    }
}
