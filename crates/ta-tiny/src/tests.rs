//! The processor's results are the expected ones.

use proptest::prelude::*;

use super::{div, is_tiny, mul, mul_add, stands, STRETCH};

/// Numbers around the smallest normal one, the weights of averages, and others.
fn number() -> impl Strategy<Value = f64> {
    let sign = prop_oneof![Just(1.0), Just(-1.0)];
    let size = prop_oneof![
        // Few units, and any number of them.
        (0..40u64).prop_map(f64::from_bits),
        (0..1u64 << 54).prop_map(f64::from_bits),
        (1u64 << 50..1u64 << 53).prop_map(f64::from_bits),
        // Tiny, and around the limit.
        (0..200u64 << 52).prop_map(f64::from_bits),
        (0..300u64, any::<u64>()).prop_map(|(e, m)| f64::from_bits(e << 52 | m >> 12)),
        // Weights.
        (1..300u32).prop_map(|period| 1.0 / f64::from(period)),
        (1..300u32).prop_map(|period| f64::from(period) / f64::from(period + 2)),
        (1..300u32).prop_map(f64::from),
        (0.0..2.0f64),
        any::<u64>().prop_map(|bits| f64::from_bits(bits).abs()),
    ];
    (sign, size).prop_map(|(sign, size)| sign * size)
}

fn same(ours: f64, processor: f64) -> bool {
    ours.to_bits() == processor.to_bits() || (ours.is_nan() && processor.is_nan())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 400_000,
        failure_persistence: None,
        ..Default::default()
    })]

    #[test]
    fn results_are_the_processors(a in number(), b in number(), c in number()) {
        prop_assert!(same(mul(a, b), a * b), "{a:e} * {b:e} = {:e}", mul(a, b));
        prop_assert!(same(div(a, b), a / b), "{a:e} / {b:e} = {:e}", div(a, b));
        let (ours, fused) = (mul_add(a, b, c), a.mul_add(b, c));
        prop_assert!(same(ours, fused), "{a:e} * {b:e} + {c:e} = {ours:e}, not {fused:e}");
    }
}

#[test]
fn small_whole_numbers_of_units_are_rounded_half_to_even() {
    let unit = f64::from_bits(1);
    for units in 0..200u64 {
        for period in 1..200u32 {
            let (state, period) = (units as f64 * unit, f64::from(period));
            for weight in [1.0 / period, (period - 1.0) / period, period / (period + 2.0), 0.5] {
                for sign in [1.0, -1.0] {
                    assert!(same(mul(sign * state, weight), sign * state * weight));
                    assert!(same(div(sign * state, period), sign * state / period));
                    let summed = mul_add(weight, sign * state, unit);
                    assert!(same(summed, weight.mul_add(sign * state, unit)));
                    assert!(same(mul_add(weight, state, 0.0), weight.mul_add(state, 0.0)));
                }
            }
        }
    }
}

#[test]
fn the_sign_of_zero_is_the_processors() {
    let unit = f64::from_bits(1);
    for weight in [0.0, -0.0, 0.25, -0.25] {
        for mean in [unit, -unit] {
            for term in [0.0, -0.0, unit, -unit] {
                assert!(same(mul_add(weight, mean, term), weight.mul_add(mean, term)));
                assert!(same(mul(weight, mean), weight * mean));
            }
        }
    }
}

#[test]
fn tiny_numbers_are_neither_zero_nor_at_the_limit() {
    let limit = f64::from_bits((1023 - 900) << 52);
    for (number, tiny) in [(0.0, false), (f64::from_bits(1), true), (limit, false), (1.0, false)] {
        assert_eq!((is_tiny(number), is_tiny(-number)), (tiny, tiny), "{number:e}");
    }
    assert!(is_tiny(limit / 2.0) && is_tiny(f64::MIN_POSITIVE));
    assert!(!is_tiny(f64::NAN) && !is_tiny(f64::INFINITY));
}

#[test]
fn a_column_stands_where_it_only_rises_or_falls() {
    let moves: Vec<f64> = (0..10_000).map(|row| f64::from(row * row % 97)).collect();
    assert!(!stands(&moves) && !stands(&[]) && !stands(&[1.0; STRETCH - 1]));
    for first in [0, 1, 100, STRETCH - 1, STRETCH, 3000] {
        for step in [0.0, 0.5, -0.5] {
            let mut column = moves.clone();
            for (row, value) in column[first..first + 2 * STRETCH].iter_mut().enumerate() {
                *value = 1e4 + step * row as f64;
            }
            assert!(stands(&column), "{first} {step}");
            column[first + STRETCH - 1] = f64::NAN;
            assert!(!stands(&column[first..first + 2 * STRETCH - 1]));
        }
    }
}
