//! What the operators compute, with polars' rules to the last bit.
//!
//! Polars divides a column by a constant as a product with the reciprocal, takes the remainder in
//! the same way, and raises to small whole constants by products. A constant zero adds nothing, not
//! even to a negative zero, and a column taken from it is negated. Numbers are Float64, whole
//! numbers of indicators Int32, and sums of conditions UInt32; both together are Int64. Conditions
//! count as 0 and 1, but two of them can only be added.

use std::cmp::Ordering;

use crate::{cell::Cell, operator::Operator, program::Source, Tag};

/// `left op right` for numbers, both columns.
pub fn numbers(op: Operator, left: f64, right: f64) -> f64 {
    match op {
        Operator::Sum => left + right,
        Operator::Difference => left - right,
        Operator::Product => left * right,
        Operator::Quotient => left / right,
        Operator::Remainder => left - right * (left / right).floor(),
        _ => left.powf(right),
    }
}

/// `column op constant`.
pub fn by_constant(op: Operator, column: f64, constant: f64) -> f64 {
    match op {
        Operator::Sum | Operator::Difference if constant == 0.0 => column,
        Operator::Quotient => column * (1.0 / constant),
        Operator::Remainder => column - constant * (column * (1.0 / constant)).floor(),
        Operator::Power => power(column, constant),
        _ => numbers(op, column, constant),
    }
}

/// `constant op column`.
pub fn of_constant(op: Operator, constant: f64, column: f64) -> f64 {
    match op {
        Operator::Sum => by_constant(op, column, constant),
        Operator::Difference if constant == 0.0 => -column,
        _ => numbers(op, constant, column),
    }
}

/// `left op right` for constants.
pub fn constants(op: Operator, left: f64, right: f64) -> f64 {
    match op {
        Operator::Power => power(left, right),
        _ => numbers(op, left, right),
    }
}

/// A power with a constant exponent: products for whole exponents up to 9.
fn power(base: f64, exponent: f64) -> f64 {
    if exponent == 0.5 {
        base.sqrt()
    } else if exponent.fract() == 0.0 && (1.0..10.0).contains(&exponent) {
        (1..exponent as u32).fold(base, |product, _| product * base)
    } else {
        base.powf(exponent)
    }
}

/// What an operator makes of operands with these tags, neither of them null; `None` if it takes no
/// such operands.
pub fn result(op: Operator, left: Tag, right: Tag) -> Option<Tag> {
    use Tag::{Condition, Count, Long, Number};
    match (op, left, right) {
        (Operator::Power, _, Condition) => None,
        (Operator::Quotient | Operator::Power, _, _) | (_, Number, _) | (_, _, Number) => {
            Some(Number)
        }
        (Operator::Sum, Condition, Condition) => Some(Count),
        (_, Condition, Condition) => None,
        (_, left, right) if left == right || right == Condition => Some(left),
        (_, Condition, right) => Some(right),
        _ => Some(Long),
    }
}

/// Arithmetic of whole numbers, which wraps around; `None` is null.
macro_rules! whole {
    ($name:ident $type:ident) => {
        fn $name(op: Operator, left: f64, right: f64) -> Option<f64> {
            let (left, right) = (left as $type, right as $type);
            let found = match op {
                Operator::Sum => left.wrapping_add(right),
                Operator::Difference => left.wrapping_sub(right),
                Operator::Product => left.wrapping_mul(right),
                _ if right == 0 => return None,
                _ => {
                    let rest = left.wrapping_rem(right);
                    // The remainder has the sign of the divisor.
                    if rest != 0 && ((rest ^ right) as i64) < 0 {
                        rest.wrapping_add(right)
                    } else {
                        rest
                    }
                }
            };
            Some(found as f64)
        }
    };
}

whole! { whole i32 }
whole! { count u32 }
whole! { long i64 }

/// `left op right` for two cells, whose places say whether they are constants.
pub fn arithmetic(op: Operator, left: Cell, right: Cell, places: (Source, Source)) -> Cell {
    if left.is_null() || right.is_null() {
        return Cell::NULL;
    }
    let (a, b) = (left.value, right.value);
    let found = match result(op, left.tag, right.tag) {
        Some(Tag::Whole) => (Tag::Whole, whole(op, a, b)),
        Some(Tag::Count) => (Tag::Count, count(op, a, b)),
        Some(Tag::Long) => (Tag::Long, long(op, a, b)),
        Some(_) => {
            return Cell::number(match places {
                (Source::Column(_), Source::Constant(_)) => by_constant(op, a, b),
                (Source::Constant(_), Source::Column(_)) => of_constant(op, a, b),
                _ => numbers(op, a, b),
            })
        }
        None => return Cell::NULL,
    };
    found.1.map_or(Cell::NULL, |value| Cell { tag: found.0, value })
}

/// A comparison by the order of the operands; polars puts NaN above all numbers, equal to itself.
pub fn compared(op: Operator, order: Ordering) -> bool {
    match op {
        Operator::Less => order.is_lt(),
        Operator::LessOrEqual => order.is_le(),
        Operator::Greater => order.is_gt(),
        Operator::GreaterOrEqual => order.is_ge(),
        Operator::Equal => order.is_eq(),
        _ => order.is_ne(),
    }
}

/// The order of two numbers.
pub fn order(left: f64, right: f64) -> Ordering {
    left.partial_cmp(&right).unwrap_or_else(|| left.is_nan().cmp(&right.is_nan()))
}

/// `and` and `or`, where null is unknown.
pub fn logic(op: Operator, left: Cell, right: Cell) -> Cell {
    // The value of one operand that decides alone.
    let deciding = op == Operator::Or;
    match (left.truth(), right.truth()) {
        (Some(value), _) | (_, Some(value)) if value == deciding => Cell::condition(deciding),
        (Some(_), Some(_)) => Cell::condition(!deciding),
        (left, right) => {
            let decides = |side: Option<bool>| side == Some(deciding);
            if decides(left) || decides(right) {
                Cell::condition(deciding)
            } else {
                Cell::NULL
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_is_unknown_in_logic() {
        let [yes, no] = [true, false].map(Cell::condition);
        for (op, left, right, expected) in [
            (Operator::And, yes, no, no),
            (Operator::And, yes, yes, yes),
            (Operator::And, Cell::NULL, no, no),
            (Operator::Or, Cell::NULL, yes, yes),
            (Operator::Or, no, no, no),
        ] {
            assert_eq!(logic(op, left, right), expected);
            assert_eq!(logic(op, right, left), expected);
        }
        for (op, other) in [(Operator::And, yes), (Operator::Or, no), (Operator::Or, Cell::NULL)] {
            assert!(logic(op, Cell::NULL, other).is_null());
            assert!(logic(op, other, Cell::NULL).is_null());
        }
    }

    #[test]
    fn a_remainder_has_the_sign_of_the_divisor() {
        let pairs = [(7, 3), (-7, 3), (7, -3), (-7, -3), (6, -3)];
        let pairs = pairs.map(|(a, b)| (f64::from(a), f64::from(b)));
        let found = pairs.map(|(a, b)| whole(Operator::Remainder, a, b).unwrap());
        assert_eq!(found, [1.0, 2.0, -2.0, -1.0, 0.0]);
        assert_eq!(whole(Operator::Remainder, 1.0, 0.0), None);
        for (a, b) in pairs {
            let real = numbers(Operator::Remainder, a, b);
            assert_eq!(
                [whole(Operator::Remainder, a, b), long(Operator::Remainder, a, b)],
                [Some(real); 2]
            );
        }
        assert_eq!(count(Operator::Remainder, 4_294_967_295.0, 10.0), Some(5.0));
        assert_eq!(count(Operator::Remainder, 2.0, 4_294_967_295.0), Some(2.0));
    }

    #[test]
    fn a_constant_zero_keeps_the_sign_of_zero() {
        for zero in [0.0, -0.0f64] {
            for column in [0.0, -0.0f64] {
                let sums = [
                    by_constant(Operator::Sum, column, zero),
                    of_constant(Operator::Sum, zero, column),
                ];
                assert_eq!(sums.map(f64::to_bits), [column.to_bits(); 2]);
                let same = by_constant(Operator::Difference, column, zero);
                assert_eq!(same.to_bits(), column.to_bits());
                let negated = of_constant(Operator::Difference, zero, column);
                assert_eq!(negated.to_bits(), (-column).to_bits());
            }
        }
    }

    #[test]
    fn nan_is_above_all_numbers() {
        assert!(compared(Operator::Greater, order(f64::NAN, f64::INFINITY)));
        assert!(compared(Operator::Equal, order(f64::NAN, f64::NAN)));
        assert!(compared(Operator::Equal, order(0.0, -0.0)));
    }
}
