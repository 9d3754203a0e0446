//! A series without its cycles.

use std::f64::consts::TAU;

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "decycler",
        display_name: "Simple Decycler",
        category: Category::Overlap,
        description: "Ehlers' trend line: the series less its cycles shorter than `period` bars, \
            which a one-pole high-pass filter finds. It has hardly any lag in a trend, because \
            only what swings is taken away, and it is read like a moving average. Ehlers draws \
            it with lines half a percent above and below. It starts on the first value.",
        aliases: &["simple_decycler", "ehlers_decycler"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Price, "The series without its cycles."),
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "Ehlers, Decyclers, Stocks & Commodities, September 2015",
    }
    .indicator::<Decycler>()
}

#[derive(Clone, Parameters)]
struct Decycler {
    /// Longest cycle that is taken away.
    #[param(default = 125, min = 5)]
    period: usize,
}

impl Recursive<1> for Decycler {
    type Out = f64;
    /// The last value and the last line.
    type State = Option<(f64, f64)>;

    fn lookback(&self) -> usize {
        1
    }

    fn start(&self) -> Self::State {
        None
    }

    fn next(&self, past: &mut Self::State, [value]: [f64; 1]) -> f64 {
        let angle = TAU / self.period as f64;
        let alpha = (angle.cos() + angle.sin() - 1.0) / angle.cos();
        let line = past
            .map_or(value, |(before, line)| alpha / 2.0 * (value + before) + (1.0 - alpha) * line);
        *past = Some((value, line));
        line
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn a_fast_cycle_is_taken_away_and_a_level_stays() {
        let series: Vec<f64> = (0..400).map(|i| 50.0 + f64::from(i % 2)).collect();
        let values = reals("decycler", "value", json!({}), &[&series]);
        assert!(values[350..].iter().all(|v| (v.unwrap() - 50.5).abs() < 0.05));
    }
}
