//! Functions of each value alone.

use std::f64::consts::PI;

use crate::prelude::*;

/// The parts of a catalog entry that differ between these indicators.
struct Pointwise {
    id: &'static str,
    display_name: &'static str,
    description: &'static str,
    aliases: &'static [&'static str],
    value: (Scale, &'static str),
    source: &'static str,
}

impl Pointwise {
    fn indicator<F: Formula<1, Out = f64>>(self) -> Indicator {
        Native {
            id: self.id,
            display_name: self.display_name,
            category: Category::Math,
            description: self.description,
            aliases: self.aliases,
            inputs: [slot("series", Some("close"))],
            outputs: line("value", "primary", self.value.0, self.value.1),
            memory: Memory::Window,
            pane: Pane::Separate,
            complexity: "O(n)",
            source: self.source,
        }
        .indicator::<F>()
    }
}

/// The catalog entries.
pub fn define() -> [Indicator; 7] {
    [
        Pointwise {
            id: "abs",
            display_name: "Absolute Value",
            description: "Size of each value without its sign: the value itself where it is \
                positive, its negative where it is not. Turns a change or a distance with a \
                direction into a plain amount.",
            aliases: &["absolute_value"],
            value: (Scale::Price, "Each value without its sign."),
            source: "|x|",
        }
        .indicator::<Abs>(),
        Pointwise {
            id: "negative_values",
            display_name: "Negative Part",
            description: "Each value where it is negative, and 0 where it is not. The losses out \
                of a column of changes, with their sign; together with `positive_values` it adds \
                up to the series.",
            aliases: &["negative_part", "negative", "neg"],
            value: (Scale::Price, "The value or 0, whichever is less."),
            source: "min(x, 0)",
        }
        .indicator::<NegativePart>(),
        Pointwise {
            id: "positive_values",
            display_name: "Positive Part",
            description: "Each value where it is positive, and 0 where it is not. The gains out \
                of a column of changes; together with `negative_values` it adds up to the \
                series.",
            aliases: &["positive_part", "positive", "pos"],
            value: (Scale::Price, "The value or 0, whichever is greater."),
            source: "max(x, 0)",
        }
        .indicator::<PositivePart>(),
        Pointwise {
            id: "round",
            display_name: "Round",
            description: "Whole number nearest to each value. Halves go up, as with JavaScript's \
                Math.round and tulip: 0.5 becomes 1 and -0.5 becomes 0, where rounding away from \
                zero would give -1.",
            aliases: &["nearest_integer"],
            value: (Scale::Other, "Each value rounded to a whole number."),
            source: "Tulip Indicators, round: floor(x + 1/2)",
        }
        .indicator::<Round>(),
        Pointwise {
            id: "todeg",
            display_name: "To Degrees",
            description: "Angle in degrees for each value taken as an angle in radians: times 180 \
                and divided by pi. Makes the output of `atan`, `asin` and `acos` readable; half \
                a turn is 180.",
            aliases: &["to_degrees", "degrees"],
            value: (Scale::Price, "Each value times 180 / pi."),
            source: "x * 180 / pi",
        }
        .indicator::<ToDegrees>(),
        Pointwise {
            id: "torad",
            display_name: "To Radians",
            description: "Angle in radians for each value taken as an angle in degrees: divided \
                by 180 and times pi. What `sin`, `cos` and `tan` need for an angle given in \
                degrees; 180 is half a turn, pi.",
            aliases: &["to_radians", "radians"],
            value: (Scale::Price, "Each value times pi / 180."),
            source: "x * pi / 180",
        }
        .indicator::<ToRadians>(),
        Pointwise {
            id: "trunc",
            display_name: "Truncate",
            description: "Whole part of each value: what is behind the decimal point is dropped. \
                Rounds towards zero, so -1.5 becomes -1, where `floor` gives -2.",
            aliases: &[],
            value: (Scale::Other, "Each value without its decimals."),
            source: "Tulip Indicators, trunc: x rounded towards zero",
        }
        .indicator::<Trunc>(),
    ]
}

rowwise!(Abs: f64, back 0, |[x], i| x[i].abs());
rowwise!(NegativePart: f64, back 0, |[x], i| if x[i] < 0.0 { x[i] } else { 0.0 });
rowwise!(PositivePart: f64, back 0, |[x], i| if x[i] > 0.0 { x[i] } else { 0.0 });
rowwise!(Round: f64, back 0, |[x], i| nearest(x[i]));
rowwise!(ToDegrees: f64, back 0, |[x], i| x[i] * 180.0 / PI);
rowwise!(ToRadians: f64, back 0, |[x], i| x[i] * PI / 180.0);
rowwise!(Trunc: f64, back 0, |[x], i| x[i].trunc());

/// The nearest whole number, with halves rounded up. `(x + 0.5).floor()` would be wrong just below
/// a half and above 2^52.
fn nearest(x: f64) -> f64 {
    let floor = x.floor();
    if x - floor >= 0.5 {
        floor + 1.0
    } else {
        floor
    }
}

#[cfg(test)]
mod tests {
    use std::f64::consts::{FRAC_PI_2, PI};

    use serde_json::json;

    use crate::testing::reals;

    fn of<const N: usize>(id: &str, values: [f64; N]) -> Vec<f64> {
        reals(id, "value", json!({}), &[&values]).into_iter().map(Option::unwrap).collect()
    }

    #[test]
    fn signs_decide() {
        assert_eq!(of("abs", [-1.5, 0.0, 2.0]), [1.5, 0.0, 2.0]);
        assert_eq!(of("negative_values", [-1.5, 0.0, 2.0]), [-1.5, 0.0, 0.0]);
        assert_eq!(of("positive_values", [-1.5, 0.0, 2.0]), [0.0, 0.0, 2.0]);
    }

    #[test]
    fn only_halves_and_more_are_rounded_up() {
        let values = [-1.5, -0.5, 0.5, 1.5, 2.4, 0.49999999999999994, 4503599627370497.0];
        assert_eq!(of("round", values), [-1.0, 0.0, 1.0, 2.0, 2.0, 0.0, 4503599627370497.0]);
    }

    #[test]
    fn half_a_turn_is_180_degrees_and_pi_radians() {
        assert_eq!(of("todeg", [-PI, 0.0, FRAC_PI_2]), [-180.0, 0.0, 90.0]);
        assert_eq!(of("torad", [-180.0, 0.0, 90.0]), [-PI, 0.0, FRAC_PI_2]);
    }

    #[test]
    fn truncation_is_towards_zero_from_both_sides() {
        assert_eq!(of("trunc", [-1.5, -0.5, 0.5, 1.5]), [-1.0, 0.0, 0.0, 1.0]);
    }
}
