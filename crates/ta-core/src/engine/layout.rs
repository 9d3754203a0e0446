//! Which rows a kernel sees, and in which order.

use std::ops::Range;

use rayon::prelude::*;

use crate::{error::TaError, meta::Memory};

/// One input column: values, and which of them are missing.
pub struct Column<'a> {
    /// The name errors use.
    pub name: &'a str,
    /// One value a row; what stands in missing rows is never read.
    pub values: &'a [f64],
    /// One flag a row, true where the value is null or not finite; none when the
    /// column is complete.
    pub missing: Option<Vec<bool>>,
}

impl<'a> Column<'a> {
    /// Takes a column with its Arrow validity bitmap (first bit of the slice is row
    /// `offset`), and finds the rows where there is no finite number.
    pub fn new(name: &'a str, values: &'a [f64], validity: Option<(&[u8], usize)>) -> Self {
        let null = |row: usize| {
            validity.is_some_and(|(bits, offset)| {
                let bit = row + offset;
                bits[bit / 8] >> (bit % 8) & 1 == 0
            })
        };
        let complete = validity.is_none() && all_finite(values);
        let missing = (!complete).then(|| {
            let flags = values.iter().enumerate();
            flags.map(|(row, v)| null(row) || !v.is_finite()).collect::<Vec<bool>>()
        });
        Self { name, values, missing: missing.filter(|flags| flags.contains(&true)) }
    }
}

/// Whether every value is a number. Without leaving the loop early, many are tested at once.
pub(super) fn all_finite(values: &[f64]) -> bool {
    let broken = |chunk: &[f64]| chunk.iter().fold(false, |any, v| any | !v.is_finite());
    values.par_chunks(1 << 16).all(|chunk| !broken(chunk))
}

/// What a row with a missing input means for the rows after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Missing {
    /// It has no value and does not enter the history.
    #[default]
    Skip,
    /// The history ends there: values come back when the window is past it.
    Propagate,
    /// The call is refused.
    Error,
}

impl Missing {
    /// Reads the option's value.
    ///
    /// # Errors
    /// Another value than the three.
    pub fn parse(value: &str) -> Result<Self, TaError> {
        match value {
            "skip" => Ok(Self::Skip),
            "propagate" => Ok(Self::Propagate),
            "error" => Ok(Self::Error),
            _ => Err(TaError::BadOption {
                name: "missing",
                allowed: "\"skip\", \"propagate\" or \"error\"",
                given: format!("{value:?}"),
            }),
        }
    }
}

/// Rows that belong together, by key.
pub struct Partition {
    /// Rows in group order; none when they already stand so.
    order: Option<Vec<u32>>,
    /// The groups, as ranges of that order.
    groups: Vec<Range<usize>>,
}

impl Partition {
    /// All rows as one group.
    pub fn whole(rows: usize) -> Self {
        Self { order: None, groups: std::iter::once(0..rows).collect() }
    }

    /// Groups rows by `first`: for each row, the first row that has the same key.
    pub fn by_first_row(first: &[u32]) -> Self {
        if let Some(groups) = runs(first) {
            return Self { order: None, groups };
        }
        // A counting sort; `slot[r]` is the next free place of the group that row r opens.
        let mut slot = vec![0u32; first.len()];
        for &f in first {
            slot[f as usize] += 1;
        }
        let mut groups = Vec::new();
        let mut start = 0u32;
        for (row, &f) in first.iter().enumerate() {
            if f as usize == row {
                let len = std::mem::replace(&mut slot[row], start);
                groups.push(start as usize..(start + len) as usize);
                start += len;
            }
        }
        let mut order = vec![0u32; first.len()];
        for (row, &f) in first.iter().enumerate() {
            let place = &mut slot[f as usize];
            order[*place as usize] = row as u32;
            *place += 1;
        }
        Self { order: Some(order), groups }
    }
}

/// The groups, when every one stands in one piece.
fn runs(first: &[u32]) -> Option<Vec<Range<usize>>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    for (row, &f) in first.iter().enumerate() {
        match groups.last_mut() {
            Some(last) if last.start == f as usize => last.end = row + 1,
            _ if f as usize == row => groups.push(row..row + 1),
            _ => return None,
        }
    }
    Some(groups)
}

/// The complete rows of all groups.
pub struct Layout {
    /// Frame rows in kernel order; none when that is simply all rows in order.
    pub rows: Option<Vec<u32>>,
    /// The kernel calls, as ranges of kernel rows.
    pub groups: Vec<Range<usize>>,
}

impl Layout {
    /// Takes the rows of `partition` where none of `flags` is set, in groups as
    /// `missing` and `memory` say.
    pub fn new(partition: &Partition, flags: &[&[bool]], missing: Missing, memory: Memory) -> Self {
        if flags.is_empty() {
            return Self { rows: partition.order.clone(), groups: partition.groups.clone() };
        }
        let mut rows = Vec::new();
        let mut groups = Vec::new();
        for group in &partition.groups {
            let mut start = rows.len();
            for place in group.clone() {
                let row = partition.order.as_ref().map_or(place, |o| o[place] as usize);
                if !flags.iter().any(|f| f[row]) {
                    rows.push(row as u32);
                } else if missing == Missing::Propagate {
                    groups.push(start..rows.len());
                    start = rows.len();
                    // A running total cannot know what it missed.
                    if memory == Memory::Cumulative {
                        break;
                    }
                }
            }
            groups.push(start..rows.len());
        }
        groups.retain(|g| !g.is_empty());
        Self { rows: Some(rows), groups }
    }

    /// The values of a column in kernel order.
    pub fn gather(&self, values: &[f64]) -> Option<Vec<f64>> {
        let rows = self.rows.as_ref()?;
        Some(rows.par_iter().with_min_len(1 << 14).map(|&row| values[row as usize]).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_in_one_piece_need_no_order() {
        let p = Partition::by_first_row(&[0, 0, 2, 3, 3]);
        assert!(p.order.is_none());
        assert_eq!(p.groups, [0..2, 2..3, 3..5]);
    }

    #[test]
    fn scattered_groups_are_collected_in_row_order() {
        let p = Partition::by_first_row(&[0, 1, 0, 3, 1, 0]);
        assert_eq!(p.order.unwrap(), [0, 2, 5, 1, 4, 3]);
        assert_eq!(p.groups, [0..3, 3..5, 5..6]);
    }

    #[test]
    fn gaps_are_skipped_or_cut() {
        let whole = Partition::whole(5);
        let gap: &[bool] = &[true, false, false, true, false];
        let skip = Layout::new(&whole, &[gap], Missing::Skip, Memory::Window);
        assert_eq!(skip.rows.unwrap(), [1, 2, 4]);
        assert_eq!(skip.groups, std::iter::once(0..3).collect::<Vec<_>>());
        let cut = Layout::new(&whole, &[gap], Missing::Propagate, Memory::Window);
        assert_eq!(cut.groups, [0..2, 2..3]);
        let total = Layout::new(
            &whole,
            &[&[false, true, false, false, false]],
            Missing::Propagate,
            Memory::Cumulative,
        );
        assert_eq!(total.rows.unwrap(), [0]);
    }

    #[test]
    fn null_nan_and_infinity_are_missing() {
        let values = [1.0, f64::NAN, f64::INFINITY, 4.0];
        assert_eq!(Column::new("x", &values, None).missing.unwrap(), [false, true, true, false]);
        let values = [1.0, 2.0, 3.0];
        let bits = [0b0000_1010u8];
        assert_eq!(
            Column::new("x", &values, Some((&bits, 1))).missing.unwrap(),
            [false, true, false]
        );
        assert!(Column::new("x", &values, Some((&[0xff], 0))).missing.is_none());
    }
}
