//! Rows that leave a state as it is.
//!
//! Where the inputs stand still, the state of a recursion decays until rounding holds it. Its numbers
//! are then often so small that a processor is slow with them. But a state that one row has left as it
//! was, to the last bit, is left by the same row again, with the same values. So these rows need not
//! be computed.

use crate::live::State;

/// The rows after which this looks whether the inputs stand still.
const BLOCK: usize = 64;

/// Calls `next` with the state and each row, and `set` with the row's number and its values. A row
/// that changes neither the inputs nor the state gets the values of the row before.
#[inline(always)]
pub fn each_row<S: State, R: Copy, const K: usize>(
    rows: usize,
    row: impl Fn(usize) -> [f64; K],
    state: &mut S,
    mut next: impl FnMut(&mut S, [f64; K]) -> R,
    mut set: impl FnMut(usize, R),
) {
    let bits = |number: usize| row(number).map(f64::to_bits);
    let mut still = Still::default();
    let mut at = 0;
    while at < rows {
        let before = still.asks(at).then(|| saved(state));
        let end = if before.is_some() { at + 1 } else { rows.min(at + BLOCK) };
        let mut last = None;
        for number in at..end {
            let values = next(state, row(number));
            set(number, values);
            last = Some(values);
        }
        match (before, last) {
            (Some(before), Some(values)) if saved(state) == before => {
                (end..still.end).for_each(|number| set(number, values));
                at = still.end;
                continue;
            }
            // A state may be large, and the longer it has changed, the less often this looks.
            (Some(_), _) => still.next = end + (end - still.start) / 4,
            (None, _) if end < rows && end >= still.end => {
                if bits(end) == bits(end - 1) && bits(end) == bits(at) {
                    let same = (end..rows).take_while(|number| bits(*number) == bits(end));
                    still = Still { start: end, end: end + same.count(), next: end };
                }
            }
            (None, _) => {}
        }
        at = end;
    }
}

/// Rows with the same inputs.
#[derive(Default)]
struct Still {
    start: usize,
    end: usize,
    /// The next row at which to look whether it leaves the state as it is.
    next: usize,
}

impl Still {
    fn asks(&self, row: usize) -> bool {
        row >= self.next && row + BLOCK < self.end
    }
}

fn saved(state: &impl State) -> Vec<u8> {
    let mut bytes = Vec::new();
    state.save(&mut bytes);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The states that a function has seen, and all values.
    fn run(rows: &[f64], next: impl Fn(&mut f64, [f64; 1]) -> f64) -> (usize, Vec<f64>) {
        let (mut state, mut calls) = (0.0, 0);
        let mut values = vec![f64::NAN; rows.len()];
        let counted = |state: &mut f64, row| {
            calls += 1;
            next(state, row)
        };
        each_row(rows.len(), |row| [rows[row]], &mut state, counted, |row, v| values[row] = v);
        (calls, values)
    }

    fn mean(state: &mut f64, [value]: [f64; 1]) -> f64 {
        *state = 0.9 * *state + 0.1 * value;
        *state
    }

    #[test]
    fn rows_that_leave_the_state_are_not_computed_and_have_the_same_values() {
        let mut rows: Vec<f64> = (0..500).map(|row| f64::from(row * row % 97)).collect();
        rows.extend([0.0; 50_000]);
        rows.extend((0..500).map(|row| f64::from(row * row % 89)));
        rows.extend([7.0; 50_000]);
        let mut state = 0.0;
        let expected: Vec<f64> = rows.iter().map(|row| mean(&mut state, [*row])).collect();
        let (calls, values) = run(&rows, mean);
        assert!(values.iter().zip(&expected).all(|(a, b)| a.to_bits() == b.to_bits()));
        assert!(expected.iter().any(|v| v.is_subnormal()));
        assert!(calls < 15_000, "{calls} rows were computed");
    }

    #[test]
    fn a_state_that_counts_is_not_held() {
        let count = |state: &mut f64, [value]: [f64; 1]| {
            *state += value;
            *state
        };
        let (calls, values) = run(&[1.0; 3000], count);
        assert_eq!((calls, values[2999]), (3000, 3000.0));
    }

    #[test]
    fn any_number_of_rows_is_complete() {
        for rows in [0, 1, 63, 64, 65, 127, 128, 129, 200, 1000] {
            let (_, values) = run(&vec![1.0; rows], |_, [value]| value);
            assert!(values.iter().all(|v| *v == 1.0), "{rows}");
        }
    }
}
