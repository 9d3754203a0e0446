//! Recursions over long series, computed in several pieces at a time.
//!
//! A recursion needs the result of the last row for the next one, so the processor cannot overlap
//! rows. This module cuts a series into pieces and computes four of them in one loop. Each piece
//! starts some rows early with a guessed state. When it reaches its own rows, the influence of the
//! guess has usually faded below the last bit. The module checks this: the last state of a piece
//! must be equal, bit for bit, to the state with which the next piece started its own rows.
//! Otherwise it computes the next piece again from the right state. So the values are those of a
//! serial computation.

use std::ops::Range;

use crate::{
    finite::finite,
    threads::{map, Threads},
};

/// A recursion in three parts: the `I` inputs of a row give `T` terms, the terms and a state of `S`
/// numbers give the next state, and a state gives the value. Only [`Recursion::step`] depends on
/// the row before. All three must be `#[inline(always)]`.
pub trait Recursion<const I: usize, const T: usize, const S: usize>: Sync {
    /// Rows after which a wrong state has most likely become the right one.
    fn memory(&self) -> usize;

    /// The terms of a row.
    fn terms(&self, row: [f64; I]) -> [f64; T];

    /// The next state.
    fn step(&self, state: [f64; S], terms: [f64; T]) -> [f64; S];

    /// The value of a state.
    fn value(&self, state: [f64; S]) -> f64;
}

/// Rows after which an average with the weight `beta` for its last value has forgotten its start.
/// The start then has the weight 2^-76: so far below the last bit of a number that two different
/// starts have led to the same sum.
pub fn rows_to_forget(beta: f64) -> usize {
    if beta <= 0.0 {
        return 1;
    }
    (76.0 * std::f64::consts::LN_2 / -beta.ln()).ceil() as usize
}

/// The number of rows for which all terms are computed, then all states, then all values.
const BLOCK: usize = 64;

/// The number of pieces in one loop. Their states must fit into registers.
const PIECES: usize = 4;

/// The least number of rows of a piece of a long series. The values of four pieces fit into the
/// second-level cache and are enough work for a thread.
const MIN_PIECE: usize = 4_096;

/// Writes the value of `state` and the values of the rows of the inputs after it, so `out` has one
/// row more than the inputs. Returns whether all inputs and values are finite.
pub fn run<const I: usize, const T: usize, const S: usize>(
    recursion: &impl Recursion<I, T, S>,
    state: [f64; S],
    inputs: [&[f64]; I],
    out: &mut [f64],
    threads: &dyn Threads,
) -> bool {
    let Some((first, out)) = out.split_first_mut() else { return true };
    *first = recursion.value(state);
    let rows = out.len();
    let warm = recursion.memory().max(1).next_multiple_of(BLOCK);
    let series = Series { recursion, seed: state, inputs: inputs.map(|i| &i[..rows]) };
    let mut done = Progress { rows: 0, state, finite: true };
    if rows / PIECES >= 2 * warm {
        done = series.pieces(warm, out, threads);
    }
    series.one_by_one(done.state, done.rows..rows, out);
    first.is_finite() && done.finite && series.finite(done.rows, &out[done.rows..])
}

/// How far a series has been computed: the number of rows, the state after them, and whether they
/// are all finite.
struct Progress<const S: usize> {
    rows: usize,
    state: [f64; S],
    finite: bool,
}

/// The states before and after the rows of a piece.
#[derive(Clone, Copy)]
struct Piece<const S: usize> {
    began: [f64; S],
    ended: [f64; S],
}

/// The position of consecutive pieces.
#[derive(Clone, Copy)]
struct Place {
    /// First row of the first piece.
    first: usize,
    /// Rows of each piece.
    rows: usize,
    /// Rows before each piece, in which the guessed state fades.
    warm: usize,
}

/// A block of rows of `C` columns.
type Blocks<const C: usize> = [[f64; BLOCK]; C];

struct Series<'a, R, const I: usize, const T: usize, const S: usize> {
    recursion: &'a R,
    seed: [f64; S],
    inputs: [&'a [f64]; I],
}

impl<R, const I: usize, const T: usize, const S: usize> Series<'_, R, I, T, S>
where
    R: Recursion<I, T, S>,
{
    /// Computes pieces of equal length, which cover all rows but the last ones.
    fn pieces(&self, warm: usize, out: &mut [f64], threads: &dyn Threads) -> Progress<S> {
        let rows = out.len();
        let chunks = (rows / (PIECES * MIN_PIECE.max(6 * warm))).max(1);
        let mut piece = rows / (PIECES * chunks) / BLOCK;
        // Addresses that differ by a power of two would compete for the same cache lines.
        piece = (piece - usize::from(piece > 32 && piece.is_multiple_of(2))) * BLOCK;
        let jobs: Vec<(Place, &mut [f64])> = out
            .chunks_exact_mut(PIECES * piece)
            .take(chunks)
            .enumerate()
            .map(|(chunk, out)| (Place { first: chunk * PIECES * piece, rows: piece, warm }, out))
            .collect();
        // Each job checks its values while they are in the cache.
        let work = |(place, out): (Place, &mut [f64])| {
            (self.in_lockstep(place, out), self.finite(place.first, out))
        };
        let done: Vec<_> = if chunks > 1 {
            map(threads, jobs, work)
        } else {
            jobs.into_iter().map(work).collect()
        };
        let (ends, checks): (Vec<[Piece<S>; PIECES]>, Vec<bool>) = done.into_iter().unzip();
        let finite = checks.into_iter().all(|finite| finite);
        let mut done = Progress { rows: 0, state: self.seed, finite };
        for Piece { began, ended } in ends.into_iter().flatten() {
            let rows = done.rows..done.rows + piece;
            done.state = if began.map(f64::to_bits) == done.state.map(f64::to_bits) {
                ended
            } else {
                let state = self.one_by_one(done.state, rows.clone(), out);
                done.finite &= self.finite(rows.start, &out[rows.clone()]);
                state
            };
            done.rows = rows.end;
        }
        done
    }

    /// Whether the values from row `first` on, and the inputs of these rows, are finite.
    fn finite(&self, first: usize, out: &[f64]) -> bool {
        let rows = first..first + out.len();
        finite(out) && self.inputs.iter().all(|input| finite(&input[rows.clone()]))
    }

    /// Computes four pieces in one loop.
    fn in_lockstep(&self, place: Place, out: &mut [f64]) -> [Piece<S>; PIECES] {
        #[cfg(target_arch = "x86_64")]
        return ta_lib_dispatch::dispatch_fma!(self, lanes_fma, lanes, (place, out));
        #[cfg(not(target_arch = "x86_64"))]
        self.lanes(place, out)
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "fma")]
    fn lanes_fma(&self, place: Place, out: &mut [f64]) -> [Piece<S>; PIECES] {
        self.lanes(place, out)
    }

    #[inline(always)]
    fn lanes(&self, Place { first, rows, warm }: Place, out: &mut [f64]) -> [Piece<S>; PIECES] {
        let (mut terms, mut states) = ([[[0.0; BLOCK]; T]; PIECES], [[[0.0; BLOCK]; S]; PIECES]);
        let mut state = [self.seed; PIECES];
        for row in (0..warm).step_by(BLOCK) {
            for (lane, terms) in terms.iter_mut().enumerate() {
                // The first piece of the series has no rows before it: its state is reset below.
                self.terms((first + lane * rows + row).saturating_sub(warm), terms);
            }
            self.steps(&mut state, &terms, &mut states);
        }
        if first == 0 {
            state[0] = self.seed;
        }
        let began = state;
        for row in (0..rows).step_by(BLOCK) {
            for (lane, terms) in terms.iter_mut().enumerate() {
                self.terms(first + lane * rows + row, terms);
            }
            self.steps(&mut state, &terms, &mut states);
            for (lane, states) in states.iter().enumerate() {
                let at = lane * rows + row;
                self.values(states, &mut out[at..at + BLOCK]);
            }
        }
        std::array::from_fn(|lane| Piece { began: began[lane], ended: state[lane] })
    }

    /// Computes rows serially and returns the last state.
    fn one_by_one(&self, state: [f64; S], rows: Range<usize>, out: &mut [f64]) -> [f64; S] {
        #[cfg(target_arch = "x86_64")]
        return ta_lib_dispatch::dispatch_fma!(self, serial_fma, serial, (state, rows, out));
        #[cfg(not(target_arch = "x86_64"))]
        self.serial(state, rows, out)
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "fma")]
    fn serial_fma(&self, state: [f64; S], rows: Range<usize>, out: &mut [f64]) -> [f64; S] {
        self.serial(state, rows, out)
    }

    #[inline(always)]
    fn serial(&self, state: [f64; S], rows: Range<usize>, out: &mut [f64]) -> [f64; S] {
        let (mut terms, mut states, mut now) = ([[[0.0; BLOCK]; T]], [[[0.0; BLOCK]; S]], [state]);
        let blocks = rows.len() / BLOCK;
        for block in 0..blocks {
            let at = rows.start + block * BLOCK;
            self.terms(at, &mut terms[0]);
            self.steps(&mut now, &terms, &mut states);
            self.values(&states[0], &mut out[at..at + BLOCK]);
        }
        let [mut state] = now;
        for row in rows.start + blocks * BLOCK..rows.end {
            let terms = self.recursion.terms(self.inputs.map(|input| input[row]));
            state = self.recursion.step(state, terms);
            out[row] = self.recursion.value(state);
        }
        state
    }

    #[inline(always)]
    fn terms(&self, from: usize, terms: &mut Blocks<T>) {
        let inputs = self.inputs.map(|input| &input[from..from + BLOCK]);
        for row in 0..BLOCK {
            let mut input = [0.0; I];
            for slot in 0..I {
                input[slot] = inputs[slot][row];
            }
            let found = self.recursion.terms(input);
            for term in 0..T {
                terms[term][row] = found[term];
            }
        }
    }

    #[inline(always)]
    fn steps<const N: usize>(
        &self,
        state: &mut [[f64; S]; N],
        terms: &[Blocks<T>; N],
        states: &mut [Blocks<S>; N],
    ) {
        let mut now = *state;
        for row in 0..BLOCK {
            for lane in 0..N {
                let mut input = [0.0; T];
                for term in 0..T {
                    input[term] = terms[lane][term][row];
                }
                now[lane] = self.recursion.step(now[lane], input);
                for part in 0..S {
                    states[lane][part][row] = now[lane][part];
                }
            }
        }
        *state = now;
    }

    #[inline(always)]
    fn values(&self, states: &Blocks<S>, out: &mut [f64]) {
        let mut values = [0.0; BLOCK];
        for row in 0..BLOCK {
            let mut state = [0.0; S];
            for part in 0..S {
                state[part] = states[part][row];
            }
            values[row] = self.recursion.value(state);
        }
        out.copy_from_slice(&values);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{random::Rng, threads::Serial};

    /// The values of a serial computation.
    fn one_by_one<R: Recursion<1, 1, 1>>(recursion: &R, seed: f64, series: &[f64]) -> Vec<f64> {
        let mut state = [seed];
        let rest = series.iter().map(|value| {
            state = recursion.step(state, recursion.terms([*value]));
            recursion.value(state)
        });
        std::iter::once(recursion.value([seed])).chain(rest).collect()
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
        fn terms(&self, [value]: [f64; 1]) -> [f64; 1] {
            [(1.0 - self.beta) * value]
        }

        #[inline(always)]
        fn step(&self, [mean]: [f64; 1], [term]: [f64; 1]) -> [f64; 1] {
            [self.beta.mul_add(mean, term)]
        }

        #[inline(always)]
        fn value(&self, [mean]: [f64; 1]) -> f64 {
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
}
