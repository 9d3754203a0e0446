//! Columns and layouts: which rows a kernel gets, and in which order.

use std::{
    ops::Range,
    sync::{Arc, OnceLock},
};

use rayon::prelude::*;

use ta_core::{meta::Memory, Missing};
use ta_memory::Numbers;

use crate::{finite::all_finite, share::width, Partition};

/// The memory of a column's values, owned or borrowed.
pub trait Values: AsRef<[f64]> + Send + Sync {}

impl<T: AsRef<[f64]> + Send + Sync> Values for T {}

/// One input column: its values, and which of them are missing.
pub struct Column<'a> {
    /// The name in error messages.
    pub name: String,
    values: Box<dyn Values + 'a>,
    /// One flag for each row, as [`Column::missing`] returns them; computed at the first call.
    missing: OnceLock<Option<Vec<bool>>>,
}

impl<'a> Column<'a> {
    /// A column from its values and its Arrow validity bitmap, where row 0 has bit `offset`.
    pub fn new(
        name: impl Into<String>,
        values: impl Values + 'a,
        validity: Option<(&[u8], usize)>,
    ) -> Self {
        let missing = match validity {
            Some(_) => OnceLock::from(missing_rows(values.as_ref(), validity)),
            None => OnceLock::new(),
        };
        Self { name: name.into(), values: Box::new(values), missing }
    }

    /// One value for each row. The values of missing rows are undefined.
    pub fn values(&self) -> &[f64] {
        (*self.values).as_ref()
    }

    /// One flag for each row, true where the value is null or not finite; `None` if the column is
    /// complete.
    pub fn missing(&self) -> Option<&[bool]> {
        let found = self.missing.get().is_none().then(|| missing_rows(self.values(), None));
        // This is not computed within `get_or_init`, because it runs on the thread pool: if one of
        // the pool's threads needed the same flags, it would wait for this call, and this call for
        // it.
        self.missing.get_or_init(|| found.unwrap_or_default()).as_deref()
    }

    /// Whether the missing rows are known.
    pub fn is_known(&self) -> bool {
        self.missing.get().is_some()
    }

    /// Records that no row is missing; the caller has checked it.
    pub fn set_complete(&self) {
        self.missing.get_or_init(|| None);
    }
}

/// One flag for each row, true where the value is null or not finite; `None` if there is no
/// such row.
fn missing_rows(values: &[f64], validity: Option<(&[u8], usize)>) -> Option<Vec<bool>> {
    if validity.is_none() && all_finite(values) {
        return None;
    }
    let null = |row: usize| {
        validity.is_some_and(|(bits, offset)| {
            let bit = row + offset;
            bits[bit / 8] >> (bit % 8) & 1 == 0
        })
    };
    let flag = |(row, v): (usize, &f64)| null(row) || !v.is_finite();
    let flags: Vec<bool> = if values.len() <= PIECE || width() < 2 {
        values.iter().enumerate().map(flag).collect()
    } else {
        values.par_iter().with_min_len(PIECE).enumerate().map(flag).collect()
    };
    flags.contains(&true).then_some(flags)
}

/// Rows that one thread checks at a time.
const PIECE: usize = 1 << 16;

/// The position of a row that no kernel gets.
const NOWHERE: u32 = u32::MAX;

/// The complete rows of all groups of a partition, in kernel order.
pub struct Layout {
    /// The kernel row of each frame row, or [`NOWHERE`]; `None` if both are the same.
    place: Option<Arc<Vec<u32>>>,
    /// The range of kernel rows of each kernel call.
    pub groups: Vec<Range<usize>>,
}

impl Layout {
    /// The layout of the rows of `partition` in which none of `flags` is set. With
    /// [`Missing::Propagate`], a row that is missing ends a range, and the next row starts another.
    pub fn new(partition: &Partition, flags: &[&[bool]], missing: Missing, memory: Memory) -> Self {
        let Some(first) = flags.first() else {
            return Self { place: partition.place.clone(), groups: partition.groups.clone() };
        };
        let order = partition.order();
        let mut place = vec![NOWHERE; first.len()];
        let mut groups = Vec::new();
        let mut next = 0;
        for group in &partition.groups {
            let mut start = next;
            for index in group.clone() {
                let row = order.as_ref().map_or(index, |o| o[index] as usize);
                if !flags.iter().any(|f| f[row]) {
                    place[row] = next as u32;
                    next += 1;
                } else if missing == Missing::Propagate {
                    groups.push(start..next);
                    start = next;
                    // A running total would lack the missing value in all later rows.
                    if memory == Memory::Cumulative {
                        break;
                    }
                }
            }
            groups.push(start..next);
        }
        groups.retain(|g| !g.is_empty());
        Self { place: Some(Arc::new(place)), groups }
    }

    /// Whether kernel rows and frame rows are the same.
    pub fn in_place(&self) -> bool {
        self.place.is_none()
    }

    /// The number of kernel rows for a frame of `rows` rows.
    pub fn kernel_rows(&self, rows: usize) -> usize {
        self.place.as_ref().map_or(rows, |_| self.groups.last().map_or(0, |g| g.end))
    }

    /// The kernel row of each frame row; `None` if both are the same.
    pub fn places(&self) -> Option<&[u32]> {
        self.place.as_ref().map(|place| &place[..])
    }

    /// Copies the values of a column into kernel order; `None` if that is the frame order.
    pub fn gather(&self, values: &[f64]) -> Option<Numbers> {
        let place = self.place.as_ref()?;
        let mut gathered = ta_memory::numbers(self.kernel_rows(values.len()));
        // Reads the rows in frame order and writes the rows of each group in their order, so that
        // every cache line is used as a whole.
        for (&value, &place) in values.iter().zip(&**place) {
            if let Some(slot) = gathered.get_mut(place as usize) {
                *slot = value;
            }
        }
        Some(gathered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The frame rows of each group.
    fn groups(layout: &Layout, rows: usize) -> Vec<Vec<usize>> {
        let at = |row: usize| layout.places().map_or(row, |p| p[row] as usize);
        let row = |k: usize| (0..rows).position(|row| at(row) == k).unwrap();
        layout.groups.iter().map(|g| g.clone().map(row).collect()).collect()
    }

    fn all(partition: &Partition, rows: usize) -> Vec<Vec<usize>> {
        groups(&Layout::new(partition, &[], Missing::Skip, Memory::Window), rows)
    }

    #[test]
    fn scattered_groups_keep_the_order_of_their_rows() {
        let p = Partition::by_first_row(&[0, 1, 0, 3, 1, 0]).unwrap();
        assert_eq!(all(&p, 6), [vec![0, 2, 5], vec![1, 4], vec![3]]);
    }

    #[test]
    fn runs_of_a_key_are_one_group() {
        let p = Partition::by_runs(&[0, 2, 3, 5], &[0, 2, 0, 2], 6).unwrap();
        assert_eq!(all(&p, 6), [vec![0, 1, 3, 4], vec![2, 5]]);
        assert!(all(&Partition::by_runs(&[], &[], 0).unwrap(), 0).is_empty());
    }

    #[test]
    fn a_gap_is_skipped_or_ends_the_history() {
        let whole = Partition::whole(5);
        let gap: &[bool] = &[true, false, false, true, false];
        let skip = Layout::new(&whole, &[gap], Missing::Skip, Memory::Window);
        assert_eq!(groups(&skip, 5), [[1, 2, 4]]);
        let cut = Layout::new(&whole, &[gap], Missing::Propagate, Memory::Window);
        assert_eq!(groups(&cut, 5), [vec![1, 2], vec![4]]);
        let total = Layout::new(
            &whole,
            &[&[false, true, false, false, false]],
            Missing::Propagate,
            Memory::Cumulative,
        );
        assert_eq!(groups(&total, 5), [[0]]);
        let scattered = Partition::by_first_row(&[0, 1, 0, 1, 0]).unwrap();
        let skip = Layout::new(&scattered, &[gap], Missing::Skip, Memory::Window);
        assert_eq!(groups(&skip, 5), [vec![2, 4], vec![1]]);
        assert_eq!(*skip.gather(&[0.0, 1.0, 2.0, 3.0, 4.0]).unwrap(), [2.0, 4.0, 1.0]);
    }

    #[test]
    fn null_nan_and_infinity_are_missing() {
        let values = [1.0, f64::NAN, f64::INFINITY, 4.0];
        assert_eq!(Column::new("x", values, None).missing().unwrap(), [false, true, true, false]);
        let values = [1.0, 2.0, 3.0];
        let bits = [0b0000_1010u8];
        assert_eq!(
            Column::new("x", values, Some((&bits, 1))).missing().unwrap(),
            [false, true, false]
        );
        assert!(Column::new("x", values, Some((&[0xff], 0))).missing().is_none());
    }
}
