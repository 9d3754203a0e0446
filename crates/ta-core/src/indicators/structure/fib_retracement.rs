//! Levels within the latest confirmed move between two swings.

use crate::{
    legs::{later, Batch, Leg, Legs, OfLegs},
    prelude::*,
};

/// The levels, each with the names and the meanings of its two lines.
const LEVELS: [(f64, [&str; 2], [&str; 2]); 5] = [
    (
        0.236,
        ["down_236", "up_236"],
        ["23.6 % of the last rise given back.", "23.6 % of the last fall recovered."],
    ),
    (
        0.382,
        ["down_382", "up_382"],
        ["38.2 % of the last rise given back.", "38.2 % of the last fall recovered."],
    ),
    (
        0.5,
        ["down_500", "up_500"],
        ["Half of the last rise given back.", "Half of the last fall recovered."],
    ),
    (
        0.618,
        ["down_618", "up_618"],
        ["61.8 % of the last rise given back.", "61.8 % of the last fall recovered."],
    ),
    (
        0.786,
        ["down_786", "up_786"],
        ["78.6 % of the last rise given back.", "78.6 % of the last fall recovered."],
    ),
];

/// The catalog entry.
pub fn define() -> Indicator {
    let anchors = [
        line("anchor_high", "upper", Scale::Price, "High end of the leg that ended last."),
        line("anchor_low", "lower", Scale::Price, "Low end of the leg that ended last."),
    ]
    .map(Output::level);
    let lines = |way: usize, role: &'static str| {
        LEVELS.map(|(_, names, words)| line(names[way], role, Scale::Price, words[way]).level())
    };
    Native {
        id: "fib_retracement",
        display_name: "Fibonacci Retracement",
        category: Category::Structure,
        description: "The usual retracement levels of the latest legs between confirmed swings, \
            so nothing looks ahead. Swings alternate: of several highs (lows) in a row the most \
            extreme counts, and a bar that is both ends one leg and starts the next. The `down` \
            levels lie below the top of the latest rising leg, the `up` levels above the bottom \
            of the latest falling one; the anchors belong to whichever ended last, and a level \
            is null until there is such a leg. Pairing without alternation, limits on a leg's \
            age or size and levels that thaw between swings, as laakhay has them, are not taken \
            over.",
        aliases: &["fibonacci_retracement"],
        inputs: [price("high"), price("low")],
        outputs: (anchors, lines(0, "down"), lines(1, "up")),
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n * (left + right))",
        source: "high - level * (high - low) and low + level * (high - low) of the last swing legs",
    }
    .indicator::<Batch<FibRetracement>>()
}

#[derive(Clone, Parameters)]
struct FibRetracement {
    #[param(flatten)]
    legs: Legs,
}

/// The lines of all levels in one direction.
type Lines = [f64; LEVELS.len()];

impl OfLegs for FibRetracement {
    type Out = ([f64; 2], Lines, Lines);

    fn legs(&self) -> &Legs {
        &self.legs
    }

    fn values(&self, legs: [Option<Leg>; 2]) -> ([f64; 2], Lines, Lines) {
        let [rising, falling] = legs;
        let anchors = later(legs).map_or([f64::NAN; 2], |leg| [leg.high, leg.low]);
        let down = LEVELS.map(|(level, ..)| rising.map_or(f64::NAN, |leg| leg.down(level)));
        let up = LEVELS.map(|(level, ..)| falling.map_or(f64::NAN, |leg| leg.up(level)));
        (anchors, down, up)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    fn column(high: &[f64], low: &[f64], output: &str) -> Vec<Option<f64>> {
        reals("fib_retracement", output, json!({ "left": 1, "right": 1 }), &[high, low])
    }

    #[test]
    fn only_a_higher_high_extends_a_rising_leg() {
        let high = [5.0, 4.0, 8.0, 7.0, 12.0, 7.0, 11.0, 7.0];
        let low = [4.0, 0.0, 6.0, 6.5, 6.8, 6.9, 7.0, 7.1];
        let half = |v: f64| Some(v / 2.0);
        let wanted = [None, None, None, half(8.0), half(8.0), half(12.0), half(12.0), half(12.0)];
        assert_eq!(column(&high, &low, "down_500"), wanted);
        assert_eq!(column(&high, &low, "up_500"), [None; 8], "there was no fall");
    }

    #[test]
    fn a_bar_with_both_swings_ends_a_leg_and_starts_the_next() {
        //          low        both            high
        let high = [5.0, 5.5, 6.0, 9.0, 6.0, 7.0, 5.5];
        let low = [4.0, 3.0, 3.5, 1.0, 3.5, 4.0, 4.2];
        let high_anchor = [None, None, None, None, Some(9.0), Some(9.0), Some(7.0)];
        assert_eq!(column(&high, &low, "anchor_high"), high_anchor);
        let low_anchor = [None, None, None, None, Some(3.0), Some(3.0), Some(1.0)];
        assert_eq!(column(&high, &low, "anchor_low"), low_anchor);
    }
}
