//! Levels beyond the latest three confirmed swings.

use crate::{
    legs::{Batch, Leg, Legs, OfLegs},
    prelude::*,
};

/// The multiples of the first move.
const LEVELS: [f64; 6] = [0.618, 1.0, 1.272, 1.618, 2.0, 2.618];

/// The catalog entry.
pub fn define() -> Indicator {
    let level = |name, description| line(name, "primary", Scale::Price, description).level();
    Native {
        id: "fib_extension",
        display_name: "Fibonacci Extension",
        category: Category::Structure,
        description: "Targets of a move that goes on after a setback, from the latest three \
            confirmed, alternating swings A, B and C: the move from A to B, times 0.618 to \
            2.618, set off from C. With lows at A and C they lie above C and are targets of a \
            rise; with highs, below. The levels change when a swing is confirmed, so nothing \
            looks ahead, and are null until there are three. Swings alternate as in \
            `fib_retracement`; with `leg`, earlier moves count.",
        aliases: &["fibonacci_extension", "trend_based_fib_extension"],
        inputs: [price("high"), price("low")],
        outputs: [
            level("level_618", "61.8 % of the first move, from its setback."),
            level("level_1000", "All of the first move, from its setback."),
            level("level_1272", "127.2 % of the first move, from its setback."),
            level("level_1618", "161.8 % of the first move, from its setback."),
            level("level_2000", "Twice the first move, from its setback."),
            level("level_2618", "261.8 % of the first move, from its setback."),
        ],
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n * (left + right))",
        source: "TradingView, Trend-Based Fib Extension: C + level * (B - A)",
    }
    .indicator::<Batch<FibExtension>>()
}

#[derive(Clone, Parameters)]
struct FibExtension {
    #[param(flatten)]
    legs: Legs,
}

impl OfLegs for FibExtension {
    type Out = [f64; LEVELS.len()];

    fn legs(&self) -> &Legs {
        &self.legs
    }

    /// The second leg ends at the third swing, which is of the kind of the first.
    fn lookback(&self) -> usize {
        self.legs.lookback() + self.legs.spacing() - 1
    }

    fn values(&self, legs: [Option<Leg>; 2]) -> [f64; LEVELS.len()] {
        let [Some(rise), Some(fall)] = legs else { return [f64::NAN; LEVELS.len()] };
        let height = |leg: Leg| leg.high - leg.low;
        // The legs meet at B, unless a leg is missing between them.
        if fall.end > rise.end && rise.high == fall.high {
            LEVELS.map(|level| fall.low + level * height(rise))
        } else if rise.end > fall.end && rise.low == fall.low {
            LEVELS.map(|level| rise.high - level * height(fall))
        } else {
            [f64::NAN; LEVELS.len()]
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn the_first_move_is_set_off_from_the_third_swing() {
        let middle = [5.0, 1.0, 9.0, 3.0, 8.0, 2.0];
        let of = |output| {
            reals("fib_extension", output, json!({ "left": 1, "right": 1 }), &[&middle, &middle])
        };
        // Up from 3 by the rise of 8, then down from 8 by the fall of 6.
        assert_eq!(of("level_1000"), [None, None, None, None, Some(11.0), Some(2.0)]);
        assert_eq!(of("level_2000")[4..], [Some(19.0), Some(-4.0)]);
    }
}
