//! Partitions: which rows have the same key.

use std::{ops::Range, sync::Arc};

/// A division of all rows into groups, by key.
#[derive(Clone)]
pub struct Partition {
    /// The position of each row in group order; `None` if the rows already have that order.
    pub(crate) place: Option<Arc<Vec<u32>>>,
    /// The groups, as ranges of group order.
    pub(crate) groups: Vec<Range<usize>>,
}

impl Partition {
    /// All rows as one group.
    pub fn whole(rows: usize) -> Self {
        Self { place: None, groups: std::iter::once(0..rows).collect() }
    }

    /// The partition from `first`, which holds, for each row, the first row with the same key.
    /// Nothing if such numbers cannot be.
    pub fn by_first_row(first: &[u32]) -> Option<Self> {
        let valid = first.iter().zip(0..).all(|(&f, row)| f <= row && first[f as usize] == f);
        valid.then(|| Self::of_first_rows(first))
    }

    fn of_first_rows(first: &[u32]) -> Self {
        if let Some(groups) = contiguous(first) {
            return Self { place: None, groups };
        }
        // A counting sort: `next[r]` is the next free position of the group whose first row is r.
        let mut next = vec![0u32; first.len()];
        for &f in first {
            next[f as usize] += 1;
        }
        let opens = |&(row, &f): &(usize, &u32)| f as usize == row;
        let mut groups = Vec::new();
        let mut start = 0u32;
        for (row, _) in first.iter().enumerate().filter(opens) {
            let len = std::mem::replace(&mut next[row], start);
            groups.push(start as usize..(start + len) as usize);
            start += len;
        }
        let mut place = vec![0u32; first.len()];
        for (place, &f) in place.iter_mut().zip(first) {
            let next = &mut next[f as usize];
            *place = *next;
            *next += 1;
        }
        Self { place: Some(Arc::new(place)), groups }
    }

    /// The partition from runs of equal keys: `starts` holds the first row of each run, and
    /// `firsts`, for each run, the first row of the first run with the same key. Nothing if they are
    /// no runs of so many rows.
    pub fn by_runs(starts: &[u32], firsts: &[u32], rows: usize) -> Option<Self> {
        let ordered = starts.windows(2).all(|pair| pair[0] < pair[1]);
        let inside = starts.first().is_none_or(|&s| s == 0)
            && starts.last().is_none_or(|&s| (s as usize) < rows);
        let known = firsts.iter().all(|first| starts.binary_search(first).is_ok());
        let complete = starts.is_empty() == (rows == 0) && starts.len() == firsts.len();
        let valid = complete && ordered && inside && known;
        valid.then(|| Self::of_runs(starts, firsts, rows))
    }

    fn of_runs(starts: &[u32], firsts: &[u32], rows: usize) -> Self {
        let end = |run: usize| starts.get(run + 1).map_or(rows, |&s| s as usize);
        let run = |run: usize| starts[run] as usize..end(run);
        if starts == firsts {
            return Self { place: None, groups: (0..starts.len()).map(run).collect() };
        }
        let opener = |first: u32| starts.partition_point(|&s| s < first);
        let mut next = vec![0; starts.len()];
        for (index, &first) in firsts.iter().enumerate() {
            next[opener(first)] += run(index).len();
        }
        let mut groups = Vec::new();
        let mut start = 0;
        for next in next.iter_mut().filter(|len| **len > 0) {
            groups.push(start..start + *next);
            start += std::mem::replace(next, start);
        }
        let mut place = vec![0u32; rows];
        for (index, &first) in firsts.iter().enumerate() {
            let next = &mut next[opener(first)];
            for place in &mut place[run(index)] {
                *place = *next as u32;
                *next += 1;
            }
        }
        Self { place: Some(Arc::new(place)), groups }
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.groups.last().map_or(0, |last| last.end)
    }

    /// Whether the rows of each group are adjacent.
    pub fn is_contiguous(&self) -> bool {
        self.place.is_none()
    }

    /// The frame rows in group order.
    pub(crate) fn order(&self) -> Option<Vec<u32>> {
        let place = self.place.as_ref()?;
        let mut order = vec![0; place.len()];
        place.iter().zip(0..).for_each(|(&place, row)| order[place as usize] = row);
        Some(order)
    }
}

/// The groups, if the rows of each are adjacent.
fn contiguous(first: &[u32]) -> Option<Vec<Range<usize>>> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contiguous_groups_need_no_order() {
        let p = Partition::by_first_row(&[0, 0, 2, 3, 3]).unwrap();
        assert!(p.is_contiguous());
        assert_eq!(p.groups, [0..2, 2..3, 3..5]);
        let runs = Partition::by_runs(&[0, 2, 3], &[0, 2, 3], 5).unwrap();
        assert!(runs.is_contiguous());
        assert_eq!(runs.groups, p.groups);
    }

    #[test]
    fn numbers_that_form_no_groups_are_refused() {
        for first in [&[1u32, 1][..], &[0, 0, 1], &[0, 7]] {
            assert!(Partition::by_first_row(first).is_none(), "{first:?}");
        }
        type Runs<'a> = (&'a [u32], &'a [u32], usize);
        let wrong: [Runs<'_>; 5] = [
            (&[], &[], 3),
            (&[1, 2], &[1, 2], 3),
            (&[0, 3], &[0, 3], 3),
            (&[0, 2, 1], &[0, 2, 1], 3),
            (&[0, 2], &[0, 1], 3),
        ];
        for (starts, firsts, rows) in wrong {
            assert!(Partition::by_runs(starts, firsts, rows).is_none(), "{starts:?} {firsts:?}");
        }
    }
}
