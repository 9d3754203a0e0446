//! Pieces have the values of a serial computation.

use ta_tiny::Usual;

use super::*;
use crate::{random::Rng, threads::Serial};

/// The values of a serial computation.
fn one_by_one<R: Recursion<1, 1, 1>>(recursion: &R, seed: f64, series: &[f64]) -> Vec<f64> {
    let mut state = [seed];
    let rest = series.iter().map(|value| {
        state = recursion.step::<Usual>(state, recursion.terms::<Usual>([*value]));
        recursion.value::<Usual>(state)
    });
    std::iter::once(recursion.value::<Usual>([seed])).chain(rest).collect()
}

/// An average that can declare a shorter memory than it has.
struct Average {
    beta: f64,
    memory: usize,
}

impl Recursion<1, 1, 1> for Average {
    fn memory(&self) -> usize {
        self.memory
    }

    #[inline(always)]
    fn terms<A: Arithmetic>(&self, [value]: [f64; 1]) -> [f64; 1] {
        [A::mul(1.0 - self.beta, value)]
    }

    #[inline(always)]
    fn step<A: Arithmetic>(&self, [mean]: [f64; 1], [term]: [f64; 1]) -> [f64; 1] {
        [A::mul_add(self.beta, mean, term)]
    }

    #[inline(always)]
    fn value<A: Arithmetic>(&self, [mean]: [f64; 1]) -> f64 {
        mean
    }
}

/// A random walk with flat stretches and jumps.
fn series(rows: usize) -> Vec<f64> {
    let mut rng = Rng::new(7);
    let mut value = 100.0;
    (0..rows)
        .map(|row| {
            let flat = row / 3000 % 3 == 1;
            let step = rng.between(-0.8, 0.8);
            value += if flat { 0.0 } else { step };
            if rng.once_in(9973) {
                -value
            } else {
                value
            }
        })
        .collect()
}

#[test]
fn values_are_those_of_a_serial_computation() {
    let series = series(200_000);
    for beta in [0.0, 0.5, 0.9, 0.99] {
        let true_memory = rows_to_forget(beta);
        // With a memory that is declared too short, pieces start with a wrong state.
        for memory in [true_memory, true_memory / 8, 1] {
            let average = Average { beta, memory };
            for rows in [0, 1, 63, 64, 65, 511, 512, 3000, 9999, 40_000, 65_536, 200_000] {
                let mut found = vec![f64::NAN; rows + 1];
                assert!(run(&average, [50.0], [&series[..rows]], &mut found, &Serial));
                let expected = one_by_one(&average, 50.0, &series[..rows]);
                let same = |(a, b): (&f64, &f64)| a.to_bits() == b.to_bits();
                let wrong = !found.iter().zip(&expected).all(same);
                assert!(!wrong, "{rows} rows, beta {beta}, a declared memory of {memory}");
            }
        }
    }
}

#[test]
fn a_value_that_is_not_finite_is_found_in_any_row() {
    let average = Average { beta: 0.5, memory: rows_to_forget(0.5) };
    let mut found = vec![0.0; 40_001];
    for row in [0, 1, 63, 5_000, 19_999, 39_990, 39_999] {
        let mut series = series(40_000);
        series[row] = [f64::NAN, f64::INFINITY][row % 2];
        assert!(!run(&average, [50.0], [&series], &mut found, &Serial), "row {row}");
        assert!(
            !run(&average, [50.0], [&series[row..]], &mut found[row..], &Serial),
            "row {row} alone"
        );
    }
    assert!(!run(&average, [f64::NAN], [&series(3)], &mut found[..4], &Serial));
    assert!(run(&average, [50.0], [&series(40_000)], &mut found, &Serial));
}

#[test]
fn a_state_is_forgotten_within_its_memory() {
    for beta in [0.1, 0.5, 0.9, 0.99] {
        let rows = rows_to_forget(beta);
        let average = Average { beta, memory: rows };
        let series = &series(2000 + rows)[2000..];
        let ends = [-1e3, 1e3].map(|seed| one_by_one(&average, seed, series)[rows].to_bits());
        assert_eq!(ends[0], ends[1], "{beta}");
    }
    assert_eq!(rows_to_forget(0.0), 1);
}
