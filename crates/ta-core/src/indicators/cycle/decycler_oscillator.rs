//! The difference of two trend lines without cycles.

use crate::{high_pass::HighPass, prelude::*};

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "decycler_oscillator",
        display_name: "Decycler Oscillator",
        category: Category::Cycle,
        description: "Ehlers' oscillator of trends: the series without its cycles shorter than \
            `period` bars goes through a high-pass filter of half that length, and what passes \
            is given in percent of the series, times `factor`. It turns a little before the \
            trend does; Ehlers draws one of 100 bars beside one of 125 and reads where they \
            cross. The filters start at rest on the first value.",
        aliases: &["ehlers_decycler_oscillator"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Ratio, "Part of the trend in percent.")
            .with_levels(&[0.0]),
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "Ehlers, Decyclers, Stocks & Commodities, September 2015",
    }
    .indicator::<DecyclerOscillator>()
}

#[derive(Clone, Parameters)]
struct DecyclerOscillator {
    /// Longest cycle that is taken away.
    #[param(default = 125, min = 6)]
    period: usize,
    /// Multiplies the oscillator.
    #[param(default = 1.0, min = 1e-3, max = 1e3)]
    factor: f64,
}

impl Recursive<1> for DecyclerOscillator {
    type Out = f64;
    /// The filter of cycles and the one of the trend, from the first row on.
    type State = Option<(HighPass, HighPass)>;

    fn lookback(&self) -> usize {
        2
    }

    fn start(&self) -> Self::State {
        None
    }

    fn next(&self, filters: &mut Self::State, [value]: [f64; 1]) -> f64 {
        let filter = |share: f64| HighPass::new(share * self.period as f64, value);
        let (cycles, trend) = filters.get_or_insert_with(|| (filter(1.0), filter(0.5)));
        let decycled = value - cycles.next(value);
        100.0 * self.factor * trend.next(decycled) / value
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn it_is_above_zero_after_a_turn_upwards() {
        let series: Vec<f64> = (0..300).map(|i| 100.0 + f64::from((i - 150).max(0))).collect();
        let values = reals("decycler_oscillator", "value", json!({}), &[&series]);
        assert_eq!(values[..2], [None, None]);
        assert!(values[2..150].iter().all(|v| v.unwrap().abs() < 1e-9));
        assert!(values[170..190].iter().all(|v| v.unwrap() > 0.5));
    }
}
