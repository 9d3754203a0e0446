//! A series less its own high-pass filter.

use std::f64::consts::{PI, SQRT_2};

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "ultimate_smoother",
        display_name: "Ultimate Smoother",
        category: Category::Overlap,
        description:
            "Ehlers' smoother of 2024: the series less a two-pole high-pass filter of it. \
            Movements longer than `period` bars pass without lag, unlike in the super smoother \
            (`ssf`), and shorter ones are removed. The first three bars are the series itself, \
            from which the filter starts; they have no value.",
        aliases: &["ehlers_ultimate_smoother"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Price, "The smoothed series."),
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "Ehlers, The Ultimate Smoother, Stocks & Commodities, April 2024",
    }
    .indicator::<UltimateSmoother>()
}

#[derive(Clone, Parameters)]
struct UltimateSmoother {
    /// Bars of the shortest movement that passes.
    #[param(default = 20, min = 1)]
    period: usize,
}

/// The last two values and lines, newest first, and how many rows there were.
#[derive(Clone, Default, State)]
struct Past {
    values: [f64; 2],
    lines: [f64; 2],
    rows: usize,
}

/// Rows before the filter starts.
const SEEDS: usize = 3;

impl Recursive<1> for UltimateSmoother {
    type Out = f64;
    type State = Past;

    fn lookback(&self) -> usize {
        SEEDS
    }

    fn start(&self) -> Past {
        Past::default()
    }

    fn next(&self, past: &mut Past, [value]: [f64; 1]) -> f64 {
        let angle = SQRT_2 * PI / self.period as f64;
        let decay = (-angle).exp();
        let (c2, c3) = (2.0 * decay * angle.cos(), -decay * decay);
        let c1 = (1.0 + c2 - c3) / 4.0;
        let ([one, two], [last, older]) = (past.values, past.lines);
        let line = if past.rows < SEEDS {
            value
        } else {
            (1.0 - c1) * value + (2.0 * c1 - c2) * one - (c1 + c3) * two + c2 * last + c3 * older
        };
        *past =
            Past { values: [value, one], lines: [line, last], rows: (past.rows + 1).min(SEEDS) };
        line
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn a_trend_passes_without_lag() {
        let series: Vec<f64> = (0..200).map(|i| 50.0 + 0.5 * f64::from(i)).collect();
        let values = reals("ultimate_smoother", "value", json!({}), &[&series]);
        assert_eq!(values[..3], [None; 3]);
        assert!(values[3..].iter().zip(&series[3..]).all(|(v, x)| (v.unwrap() - x).abs() < 1e-9));
    }
}
