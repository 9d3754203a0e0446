//! Recursions over long series, computed in several pieces at a time.
//!
//! A recursion needs the result of the last row for the next one, so the processor cannot overlap
//! rows. This module cuts a series into pieces and computes four of them in one loop. Each piece
//! starts some rows early with a guessed state. When it reaches its own rows, the influence of the
//! guess has usually faded below the last bit. The module checks this: the last state of a piece
//! must be equal, bit for bit, to the state with which the next piece started its own rows.
//! Otherwise it computes the next piece again from the right state. So the values are those of a
//! serial computation.
//!
//! Over rows that add nothing, a state decays to numbers with which a processor is slow. A piece
//! whose state is tiny computes its block of rows with [`Careful`] arithmetic, which has the same
//! results, and skips the rows that leave the state as it was.

mod block;

use std::ops::Range;

use ta_tiny::{Arithmetic, Careful};

use self::block::{Work, BLOCK};
use crate::{
    finite::finite,
    threads::{map, Threads},
};

/// A recursion in three parts: the `I` inputs of a row give `T` terms, the terms and a state of `S`
/// numbers give the next state, and a state gives the value. Only [`Recursion::step`] depends on
/// the row before. All three must be `#[inline(always)]`, and multiply and divide by the functions of
/// `A` only.
pub trait Recursion<const I: usize, const T: usize, const S: usize>: Sync {
    /// Rows after which a wrong state has most likely become the right one.
    fn memory(&self) -> usize;

    /// The terms of a row.
    fn terms<A: Arithmetic>(&self, row: [f64; I]) -> [f64; T];

    /// The next state.
    fn step<A: Arithmetic>(&self, state: [f64; S], terms: [f64; T]) -> [f64; S];

    /// The value of a state.
    fn value<A: Arithmetic>(&self, state: [f64; S]) -> f64;
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
    *first = recursion.value::<Careful>(state);
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
        let mut work = Work::new([self.seed; PIECES]);
        for row in (0..warm).step_by(BLOCK) {
            // The first piece of the series has no rows before it: its state is reset below.
            let from = |lane: usize| (first + lane * rows + row).saturating_sub(warm);
            self.steps(&mut work, std::array::from_fn(from));
        }
        if first == 0 {
            work.now[0] = self.seed;
        }
        let began = work.now;
        for row in (0..rows).step_by(BLOCK) {
            self.steps(&mut work, std::array::from_fn(|lane| first + lane * rows + row));
            for lane in 0..PIECES {
                let at = lane * rows + row;
                self.values(&work, lane, &mut out[at..at + BLOCK]);
            }
        }
        std::array::from_fn(|lane| Piece { began: began[lane], ended: work.now[lane] })
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
        let mut work = Work::new([state]);
        let blocks = rows.len() / BLOCK;
        for block in 0..blocks {
            let at = rows.start + block * BLOCK;
            self.steps(&mut work, [at]);
            self.values(&work, 0, &mut out[at..at + BLOCK]);
        }
        let [mut state] = work.now;
        let rest = rows.start + blocks * BLOCK..rows.end;
        for (row, value) in rest.clone().zip(&mut out[rest]) {
            state = self.next(state, self.row(row));
            *value = self.recursion.value::<Careful>(state);
        }
        state
    }
}

#[cfg(test)]
mod tests;
