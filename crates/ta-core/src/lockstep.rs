//! Recursions over long series, several pieces side by side.
//!
//! A recursion needs its last row for the next one, so a processor that could do four
//! things at once does one. Here a series is cut into pieces. Each begins some rows early
//! with a guessed state, and by the time it reaches its own rows the guess is forgotten,
//! down to the last bit. That is checked: the state that a piece ends with has to be,
//! bit for bit, the one that the next piece began with. A piece that began with another is
//! computed again from the right one. So the values are those of one row after the other.

use std::ops::Range;

use crate::{
    finite::finite,
    threads::{map, Threads},
};

/// What is made of `I` inputs of a row: `T` terms, which change the `S` numbers that are
/// remembered, which say what the value is. Only the step in the middle has to wait for the
/// row before. All three have to be `#[inline(always)]`.
pub trait Recursion<const I: usize, const T: usize, const S: usize>: Sync {
    /// Rows after which a wrong state has, most likely, become the right one.
    fn memory(&self) -> usize;

    /// What of a row matters.
    fn terms(&self, row: [f64; I]) -> [f64; T];

    /// The next state.
    fn step(&self, state: [f64; S], terms: [f64; T]) -> [f64; S];

    /// The value that a state stands for.
    fn value(&self, state: [f64; S]) -> f64;
}

/// Rows after which a state that keeps `beta` of itself in each is forgotten. The weight of
/// its beginning is 2^-76 then: less than the last bit of a number, and enough below that
/// two sums which differ in it have met.
pub fn forgets(beta: f64) -> usize {
    if beta <= 0.0 {
        return 1;
    }
    (76.0 * std::f64::consts::LN_2 / -beta.ln()).ceil() as usize
}

/// Rows that go through one part of a recursion before they go through the next.
const BLOCK: usize = 64;

/// Pieces side by side. What they remember has to find room in registers.
const PIECES: usize = 4;

/// Rows of a piece of a long series. What is put down of four stays in a near cache, and is
/// worth a thread.
const PIECE: usize = 4_096;

/// Writes the values from inputs of which the first row follows upon `state`, whose own value
/// comes first: `out` has one row more than the inputs. Returns whether all of them, read and
/// written, are finite.
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
    let mut done = Ends { rows: 0, state, finite: true };
    if rows / PIECES >= 2 * warm {
        done = series.pieces(warm, out, threads);
    }
    series.one_by_one(done.state, done.rows..rows, out);
    first.is_finite() && done.finite && series.finite(done.rows, &out[done.rows..])
}

/// A place in a series, the state there, and whether all rows before it are finite.
struct Ends<const S: usize> {
    rows: usize,
    state: [f64; S],
    finite: bool,
}

/// The states at both ends of a piece.
#[derive(Clone, Copy)]
struct Piece<const S: usize> {
    began: [f64; S],
    ended: [f64; S],
}

/// Where pieces are that lie one behind the other.
#[derive(Clone, Copy)]
struct Place {
    /// Row on which the first begins.
    first: usize,
    /// Rows of each.
    rows: usize,
    /// Rows before each that are used to forget the guess.
    warm: usize,
}

/// `C` columns of numbers, a block of rows at a time.
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
    /// Computes as many rows as there are in pieces of one length.
    fn pieces(&self, warm: usize, out: &mut [f64], threads: &dyn Threads) -> Ends<S> {
        let rows = out.len();
        let chunks = (rows / (PIECES * PIECE.max(6 * warm))).max(1);
        let mut piece = rows / (PIECES * chunks) / BLOCK;
        // Pieces that lie apart by a power of two would share few lines of the cache.
        piece = (piece - usize::from(piece > 32 && piece.is_multiple_of(2))) * BLOCK;
        let jobs: Vec<(Place, &mut [f64])> = out
            .chunks_exact_mut(PIECES * piece)
            .take(chunks)
            .enumerate()
            .map(|(chunk, out)| (Place { first: chunk * PIECES * piece, rows: piece, warm }, out))
            .collect();
        // Checked while the values are still in the nearest cache.
        let work = |(place, out): (Place, &mut [f64])| {
            (self.side_by_side(place, out), self.finite(place.first, out))
        };
        let done: Vec<_> = if chunks > 1 {
            map(threads, jobs, work)
        } else {
            jobs.into_iter().map(work).collect()
        };
        let (ends, looks): (Vec<[Piece<S>; PIECES]>, Vec<bool>) = done.into_iter().unzip();
        let all = looks.into_iter().all(|finite| finite);
        let mut done = Ends { rows: 0, state: self.seed, finite: all };
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

    /// Whether some values, the first of which is that of row `first`, and the inputs of
    /// their rows are finite.
    fn finite(&self, first: usize, out: &[f64]) -> bool {
        let rows = first..first + out.len();
        finite(out) && self.inputs.iter().all(|input| finite(&input[rows.clone()]))
    }

    /// Computes pieces in lockstep.
    fn side_by_side(&self, place: Place, out: &mut [f64]) -> [Piece<S>; PIECES] {
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
                // The first piece of all has nothing before it, and reads anything.
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

    /// Computes rows one after the other; returns the last state.
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
    use crate::threads::Serial;

    /// What its recursion makes of a series, one row after the other.
    fn one_by_one<R: Recursion<1, 1, 1>>(recursion: &R, seed: f64, series: &[f64]) -> Vec<f64> {
        let mut state = [seed];
        let rest = series.iter().map(|value| {
            state = recursion.step(state, recursion.terms([*value]));
            recursion.value(state)
        });
        std::iter::once(recursion.value([seed])).chain(rest).collect()
    }

    /// An average whose memory may be said to be shorter than it is.
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

    /// Values that move, rest and jump.
    fn series(rows: usize) -> Vec<f64> {
        let mut seed = 7u64;
        let mut value = 100.0;
        (0..rows)
            .map(|row| {
                seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                let rests = row / 3000 % 3 == 1;
                value += if rests { 0.0 } else { (seed >> 40) as f64 / 1e7 - 0.8 };
                if seed.is_multiple_of(9973) {
                    -value
                } else {
                    value
                }
            })
            .collect()
    }

    #[test]
    fn values_are_those_of_one_row_after_the_other() {
        let series = series(200_000);
        for beta in [0.0, 0.5, 0.9, 0.99] {
            let true_memory = forgets(beta);
            // A memory said to be too short makes pieces begin with a wrong state.
            for memory in [true_memory, true_memory / 8, 1] {
                let average = Average { beta, memory };
                for rows in [0, 1, 63, 64, 65, 511, 512, 3000, 9999, 40_000, 65_536, 200_000] {
                    let mut found = vec![f64::NAN; rows + 1];
                    assert!(run(&average, [50.0], [&series[..rows]], &mut found, &Serial));
                    let expected = one_by_one(&average, 50.0, &series[..rows]);
                    let same = |(a, b): (&f64, &f64)| a.to_bits() == b.to_bits();
                    let wrong = !found.iter().zip(&expected).all(same);
                    assert!(!wrong, "{rows} rows, {beta}, said to forget within {memory}");
                }
            }
        }
    }

    #[test]
    fn what_is_not_finite_is_seen_wherever_it_is() {
        let average = Average { beta: 0.5, memory: forgets(0.5) };
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
            let rows = forgets(beta);
            let average = Average { beta, memory: rows };
            let series = &series(2000 + rows)[2000..];
            let ends = [-1e3, 1e3].map(|seed| one_by_one(&average, seed, series)[rows].to_bits());
            assert_eq!(ends[0], ends[1], "{beta}");
        }
        assert_eq!(forgets(0.0), 1);
    }
}
