//! One retracement level of the latest confirmed rise or fall.

use crate::{
    legs::{Batch, Leg, Legs, OfLegs},
    prelude::*,
};

/// The catalog entries.
pub fn define() -> [Indicator; 2] {
    [
        Native {
            id: "fib_level_down",
            display_name: "Fibonacci Level Down",
            category: Category::Structure,
            description: "The price at which a share of the latest confirmed rise, from a swing \
                low to the next swing high, would be given back: one `down` level of \
                fib_retracement, at any share. It is read as support in the pullback after a \
                rise. It follows confirmed, alternating swings, so nothing looks ahead, and is \
                null until there is such a leg.",
            aliases: &["fib_down_level", "fib_down"],
            inputs: [price("high"), price("low")],
            outputs: line(
                "value",
                "primary",
                Scale::Price,
                "Price of the level below the top of the rise.",
            )
            .level(),
            memory: Memory::Recursive,
            pane: Pane::Overlay,
            complexity: "O(n * (left + right))",
            source: "high - level * (high - low) of the last rising leg of alternating swings",
        }
        .indicator::<Batch<Down>>(),
        Native {
            id: "fib_level_up",
            display_name: "Fibonacci Level Up",
            category: Category::Structure,
            description: "The price at which a share of the latest confirmed fall, from a swing \
                high to the next swing low, would be recovered: one `up` level of \
                fib_retracement, at any share. It is read as resistance in the recovery after a \
                fall. It follows confirmed, alternating swings, so nothing looks ahead, and is \
                null until there is such a leg.",
            aliases: &["fib_up_level", "fib_up"],
            inputs: [price("high"), price("low")],
            outputs: line(
                "value",
                "primary",
                Scale::Price,
                "Price of the level above the bottom of the fall.",
            )
            .level(),
            memory: Memory::Recursive,
            pane: Pane::Overlay,
            complexity: "O(n * (left + right))",
            source: "low + level * (high - low) of the last falling leg of alternating swings",
        }
        .indicator::<Batch<Up>>(),
    ]
}

#[derive(Clone, Parameters)]
struct Down {
    /// Share of the rise that is given back.
    #[param(default = 0.618, min = 0.0, max = 2.0)]
    level: f64,
    #[param(flatten)]
    legs: Legs,
}

impl OfLegs for Down {
    type Out = f64;

    fn legs(&self) -> &Legs {
        &self.legs
    }

    fn values(&self, [rising, _]: [Option<Leg>; 2]) -> f64 {
        rising.map_or(f64::NAN, |leg| leg.down(self.level))
    }
}

#[derive(Clone, Parameters)]
struct Up {
    /// Share of the fall that is recovered.
    #[param(default = 0.618, min = 0.0, max = 2.0)]
    level: f64,
    #[param(flatten)]
    legs: Legs,
}

impl OfLegs for Up {
    type Out = f64;

    fn legs(&self) -> &Legs {
        &self.legs
    }

    fn values(&self, [_, falling]: [Option<Leg>; 2]) -> f64 {
        falling.map_or(f64::NAN, |leg| leg.up(self.level))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn a_level_belongs_to_legs_of_its_direction_and_can_pass_their_start() {
        let middle = [5.0, 1.0, 9.0, 3.0, 8.0, 2.0];
        let of = |id: &str| {
            let given = json!({ "level": 1.5, "left": 1, "right": 1 });
            reals(id, "value", given, &[&middle, &middle])
        };
        let below = [None, None, None, Some(-3.0), Some(-3.0), Some(0.5)];
        assert_eq!(of("fib_level_down"), below);
        let above = [None, None, None, None, Some(12.0), Some(12.0)];
        assert_eq!(of("fib_level_up"), above);
    }
}
