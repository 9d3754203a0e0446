//! The last rows of a series.

use ta_saved::{Damaged, Reader, Saved};

/// Consecutive rows of a series, as columns. It asks for memory when there are more rows than ever,
/// and keeps it.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    /// Empty before the first row.
    columns: Vec<Vec<f64>>,
    /// The forgotten rows at the front of each column.
    forgotten: usize,
}

impl Rows {
    /// No rows, with room for so many.
    pub fn with_room(rows: usize, width: usize) -> Self {
        let columns = (0..width).map(|_| Vec::with_capacity(rows)).collect();
        Self { columns, forgotten: 0 }
    }

    /// The number of rows.
    pub fn count(&self) -> usize {
        self.columns.first().map_or(0, Vec::len) - self.forgotten
    }

    /// The number of columns; none before the first row.
    pub fn width(&self) -> usize {
        self.columns.len()
    }

    /// Adds a row.
    pub fn push(&mut self, row: &[f64]) {
        self.columns.resize_with(row.len(), Vec::new);
        self.columns.iter_mut().zip(row).for_each(|(column, value)| column.push(*value));
    }

    /// Removes the newest row.
    pub fn pop(&mut self) {
        self.columns.iter_mut().for_each(|column| _ = column.pop());
    }

    /// Removes the oldest rows. Most calls only count them, because moving the rest costs as much as
    /// there is of it.
    pub fn forget(&mut self, rows: usize) {
        self.forgotten += rows.min(self.count());
        if self.forgotten > self.count() / 2 {
            self.columns.iter_mut().for_each(|column| _ = column.drain(..self.forgotten));
            self.forgotten = 0;
        }
    }

    /// A column, oldest row first; empty if there is none of this number.
    pub fn column(&self, number: usize) -> &[f64] {
        self.columns.get(number).map_or(&[], |column| &column[self.forgotten..])
    }
}

/// Only the rows themselves, so that the state does not tell how they came to be there.
impl Saved for Rows {
    const SHAPE: u64 = ta_saved::shape("Rows", &[("columns", Vec::<Vec<f64>>::SHAPE)]);
    const LEAST: usize = 1;

    fn save(&self, to: &mut Vec<u8>) {
        let count = self.count();
        let width = if count > 0 { self.width() } else { 0 };
        width.save(to);
        for number in 0..width {
            count.save(to);
            self.column(number).iter().for_each(|value| value.save(to));
        }
    }

    fn load(from: &mut Reader<'_>) -> Result<Self, Damaged> {
        let columns = Vec::<Vec<f64>>::load(from)?;
        let count = columns.first().map_or(0, Vec::len);
        if columns.iter().any(|column| column.len() != count) {
            return Err(Damaged::Wrong("number of rows"));
        }
        Ok(Self { columns, forgotten: 0 })
    }

    fn copy_from(&mut self, other: &Self) {
        self.columns.copy_from(&other.columns);
        self.forgotten = other.forgotten;
    }

    fn owned(&self) -> usize {
        self.columns.owned()
    }
}
