//! Rows that wait until there are enough of them to begin.

use ta_saved::Saved;

/// Some consecutive rows of a series, as columns.
#[derive(Debug, Clone, Saved)]
pub struct Rows {
    columns: Vec<Vec<f64>>,
}

impl Rows {
    /// No rows of a number of columns.
    pub fn new(columns: usize) -> Self {
        Self { columns: vec![Vec::new(); columns] }
    }

    /// The number of columns.
    pub fn width(&self) -> usize {
        self.columns.len()
    }

    /// The number of rows, if it is the same in all columns.
    pub fn count(&self) -> Option<usize> {
        let mut counts = self.columns.iter().map(Vec::len);
        let first = counts.next().unwrap_or(0);
        counts.all(|count| count == first).then_some(first)
    }

    /// Adds a row.
    pub fn push(&mut self, row: &[f64]) {
        self.columns.iter_mut().zip(row).for_each(|(column, value)| column.push(*value));
    }

    /// Removes the newest row.
    pub fn pop(&mut self) {
        self.columns.iter_mut().for_each(|column| _ = column.pop());
    }

    /// Removes the oldest rows, and keeps their memory for new ones.
    pub fn forget(&mut self, rows: usize) {
        self.columns.iter_mut().for_each(|column| _ = column.drain(..rows.min(column.len())));
    }

    /// The columns as slices.
    pub fn slices(&self) -> Vec<&[f64]> {
        self.columns.iter().map(Vec::as_slice).collect()
    }
}
