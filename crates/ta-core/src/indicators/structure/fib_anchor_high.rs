//! The ends of the latest confirmed move between two swings.

use crate::{
    legs::{later, Batch, Leg, Legs, OfLegs},
    prelude::*,
};

/// The catalog entries.
pub fn define() -> [Indicator; 2] {
    [
        Native {
            id: "fib_anchor_high",
            display_name: "Fibonacci Anchor High",
            category: Category::Structure,
            description: "The high end of the latest leg between two confirmed, alternating \
                swings, from which Fibonacci levels are drawn: field `anchor_high` of \
                fib_retracement on its own. Of the latest rising and the latest falling leg \
                (with `leg`, of earlier ones) it is that which ended last. Nothing looks ahead, \
                and it is null until there is a leg.",
            aliases: &["fib_high_anchor"],
            inputs: [price("high"), price("low")],
            outputs: line("value", "primary", Scale::Price, "High end of the latest leg.").level(),
            memory: Memory::Recursive,
            pane: Pane::Overlay,
            complexity: "O(n * (left + right))",
            source: "The swing high of the last pair of alternating swings with end + right <= row",
        }
        .indicator::<Batch<Anchor<true>>>(),
        Native {
            id: "fib_anchor_low",
            display_name: "Fibonacci Anchor Low",
            category: Category::Structure,
            description: "The low end of the latest leg between two confirmed, alternating \
                swings, from which Fibonacci levels are drawn: field `anchor_low` of \
                fib_retracement on its own. Of the latest rising and the latest falling leg \
                (with `leg`, of earlier ones) it is that which ended last. Nothing looks ahead, \
                and it is null until there is a leg.",
            aliases: &["fib_low_anchor"],
            inputs: [price("high"), price("low")],
            outputs: line("value", "primary", Scale::Price, "Low end of the latest leg.").level(),
            memory: Memory::Recursive,
            pane: Pane::Overlay,
            complexity: "O(n * (left + right))",
            source: "The swing low of the last pair of alternating swings with end + right <= row",
        }
        .indicator::<Batch<Anchor<false>>>(),
    ]
}

#[derive(Clone, Parameters)]
struct Anchor<const HIGH: bool> {
    #[param(flatten)]
    legs: Legs,
}

impl<const HIGH: bool> OfLegs for Anchor<HIGH> {
    type Out = f64;

    fn legs(&self) -> &Legs {
        &self.legs
    }

    fn values(&self, legs: [Option<Leg>; 2]) -> f64 {
        later(legs).map_or(f64::NAN, |leg| if HIGH { leg.high } else { leg.low })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn an_earlier_leg_has_an_earlier_anchor() {
        let middle = [5.0, 1.0, 9.0, 3.0, 8.0, 2.0, 7.0];
        let of = |id: &str, leg: usize| {
            let given = json!({ "left": 1, "right": 1, "leg": leg });
            reals(id, "value", given, &[&middle, &middle])
        };
        let high = [None, None, None, Some(9.0), Some(9.0), Some(8.0), Some(8.0)];
        assert_eq!(of("fib_anchor_high", 1), high);
        assert_eq!(of("fib_anchor_high", 2)[..5], [None; 5]);
        assert_eq!(of("fib_anchor_high", 2)[5..], [Some(9.0), Some(9.0)]);
        let low = [None, None, None, Some(1.0), Some(3.0), Some(3.0), Some(2.0)];
        assert_eq!(of("fib_anchor_low", 1), low);
        assert_eq!(of("fib_anchor_low", 2)[..5], [None; 5]);
        assert_eq!(of("fib_anchor_low", 2)[5..], [Some(1.0), Some(3.0)]);
    }
}
