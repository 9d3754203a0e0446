//! The latest confirmed fractal high and fractal low.

use crate::{prelude::*, swings::Swings};

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "fractal_chaos_bands",
        display_name: "Fractal Chaos Bands",
        category: Category::Overlap,
        description: "The high of the latest fractal high and the low of the latest fractal low. \
            A fractal is a bar whose high (low) stands above (below) those of `span` bars on each \
            side; it is known, and moves its band, `span` bars later, so nothing looks ahead. Flat \
            bands show a market that goes sideways, a close outside one shows a new trend. Null \
            until there has been a fractal. Skender calls it FCB.",
        aliases: &["fcb", "fractal_chaos"],
        inputs: [price("high"), price("low")],
        outputs: [
            band("upper", "upper", Scale::Price, "High of the latest confirmed fractal high."),
            band("lower", "lower", Scale::Price, "Low of the latest confirmed fractal low."),
        ]
        .map(Output::level),
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n * span)",
        source: "Skender, Fractal Chaos Bands; fractals of Bill Williams, Trading Chaos (1995)",
    }
    .indicator::<Bands>()
}

#[derive(Clone, Parameters)]
struct Bands {
    /// Bars on each side that a fractal stands out from.
    #[param(default = 2, min = 1, max = 50_000)]
    span: usize,
}

impl Bands {
    fn swings(&self) -> Swings {
        Swings { left: self.span, right: self.span, allow_equal_extremes: false }
    }
}

#[derive(Clone, State)]
struct Seen {
    /// The last bars, among which a fractal is found.
    highs: Window,
    lows: Window,
    /// The bands; NaN before the first fractal.
    upper: f64,
    lower: f64,
}

impl Recursive<2> for Bands {
    type Out = [f64; 2];
    type State = Seen;

    fn lookback(&self) -> usize {
        2 * self.span
    }

    fn start(&self) -> Seen {
        let window = self.swings().window();
        Seen { highs: window.clone(), lows: window, upper: f64::NAN, lower: f64::NAN }
    }

    fn next(&self, seen: &mut Seen, [high, low]: [f64; 2]) -> [f64; 2] {
        seen.highs.push(high);
        seen.lows.push(low);
        let swings = self.swings();
        seen.upper = swings.confirmed(&seen.highs, true).unwrap_or(seen.upper);
        seen.lower = swings.confirmed(&seen.lows, false).unwrap_or(seen.lower);
        [seen.upper, seen.lower]
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn a_band_moves_when_the_fractal_is_confirmed() {
        let high = [1.0, 4.0, 2.0, 3.0, 2.0];
        let out = reals("fractal_chaos_bands", "upper", json!({ "span": 1 }), &[&high, &[0.0; 5]]);
        assert_eq!(out, [None, None, Some(4.0), Some(4.0), Some(3.0)]);
    }
}
