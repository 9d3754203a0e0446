//! A block of rows: all terms, then all states, then all values.

use ta_tiny::{is_tiny, Careful, Usual};

use super::{Recursion, Series};

/// The number of rows of a block.
pub(super) const BLOCK: usize = 64;

/// A block of rows of `C` columns.
type Blocks<const C: usize> = [[f64; BLOCK]; C];

/// What is computed of a block of rows in `N` lanes.
pub(super) struct Work<const T: usize, const S: usize, const N: usize> {
    /// The states after the block.
    pub(super) now: [[f64; S]; N],
    /// Whether the states before the block have tiny numbers.
    tiny: [bool; N],
    terms: [Blocks<T>; N],
    /// The states after each row.
    states: [Blocks<S>; N],
}

impl<const T: usize, const S: usize, const N: usize> Work<T, S, N> {
    pub(super) fn new(now: [[f64; S]; N]) -> Self {
        Self {
            now,
            tiny: [false; N],
            terms: [[[0.0; BLOCK]; T]; N],
            states: [[[0.0; BLOCK]; S]; N],
        }
    }
}

impl<R, const I: usize, const T: usize, const S: usize> Series<'_, R, I, T, S>
where
    R: Recursion<I, T, S>,
{
    /// The inputs of a row.
    #[inline(always)]
    pub(super) fn row(&self, row: usize) -> [f64; I] {
        self.inputs.map(|input| input[row])
    }

    #[inline(always)]
    pub(super) fn next(&self, state: [f64; S], row: [f64; I]) -> [f64; S] {
        self.recursion.step::<Careful>(state, self.recursion.terms::<Careful>(row))
    }

    /// The terms of a block of rows.
    #[inline(always)]
    fn terms(&self, from: usize, terms: &mut Blocks<T>) {
        let inputs = self.inputs.map(|input| &input[from..from + BLOCK]);
        for row in 0..BLOCK {
            let mut input = [0.0; I];
            for slot in 0..I {
                input[slot] = inputs[slot][row];
            }
            let found = self.recursion.terms::<Usual>(input);
            for term in 0..T {
                terms[term][row] = found[term];
            }
        }
    }

    /// Computes the states of a block of rows in each lane.
    #[inline(always)]
    pub(super) fn steps<const N: usize>(&self, work: &mut Work<T, S, N>, from: [usize; N]) {
        let Work { now, tiny, terms, states } = work;
        let before = *now;
        *tiny = before.map(|state| state.iter().any(|number| is_tiny(*number)));
        for lane in 0..N {
            if tiny[lane] {
                // The lane is computed below; until then zeros are in its place.
                (now[lane], terms[lane]) = ([0.0; S], [[0.0; BLOCK]; T]);
            } else {
                self.terms(from[lane], &mut terms[lane]);
            }
        }
        let mut state = *now;
        let rows = if tiny.iter().all(|tiny| *tiny) { 0 } else { BLOCK };
        for row in 0..rows {
            for lane in 0..N {
                let mut input = [0.0; T];
                for term in 0..T {
                    input[term] = terms[lane][term][row];
                }
                state[lane] = self.recursion.step::<Usual>(state[lane], input);
                for part in 0..S {
                    states[lane][part][row] = state[lane][part];
                }
            }
        }
        *now = state;
        for lane in 0..N {
            if tiny[lane] {
                now[lane] = self.carefully(before[lane], from[lane], &mut states[lane]);
            }
        }
    }

    /// Computes the states of a block of rows after a tiny one.
    #[cold]
    #[inline(never)]
    fn carefully(&self, state: [f64; S], from: usize, states: &mut Blocks<S>) -> [f64; S] {
        let (mut now, mut before, mut held) = (state, self.row(from), false);
        for row in 0..BLOCK {
            let input = self.row(from + row);
            // The same inputs leave the same state as it is again.
            if !held || input.map(f64::to_bits) != before.map(f64::to_bits) {
                let next = self.next(now, input);
                held = next.map(f64::to_bits) == now.map(f64::to_bits);
                (now, before) = (next, input);
            }
            for (states, number) in states.iter_mut().zip(now) {
                states[row] = number;
            }
        }
        now
    }

    /// Writes the values of the states of a lane.
    #[inline(always)]
    pub(super) fn values<const N: usize>(
        &self,
        work: &Work<T, S, N>,
        lane: usize,
        out: &mut [f64],
    ) {
        if work.tiny[lane] {
            return self.values_carefully(&work.states[lane], out);
        }
        let (states, mut values) = (&work.states[lane], [0.0; BLOCK]);
        for row in 0..BLOCK {
            let mut state = [0.0; S];
            for part in 0..S {
                state[part] = states[part][row];
            }
            values[row] = self.recursion.value::<Usual>(state);
        }
        out.copy_from_slice(&values);
    }

    #[cold]
    #[inline(never)]
    fn values_carefully(&self, states: &Blocks<S>, out: &mut [f64]) {
        let state = |row: usize| -> [f64; S] { std::array::from_fn(|part| states[part][row]) };
        for row in 0..BLOCK {
            let same = row > 0 && state(row).map(f64::to_bits) == state(row - 1).map(f64::to_bits);
            out[row] =
                if same { out[row - 1] } else { self.recursion.value::<Careful>(state(row)) };
        }
    }
}
