//! Columns of cells: what operations read, and what they fill.

use crate::{cell::Cell, program::Source, Tag};

/// Columns that are computed.
#[derive(Clone, Copy)]
pub struct Columns<'a> {
    pub values: &'a [f64],
    pub tags: &'a [Tag],
    /// The places of each column.
    pub stride: usize,
    /// For each column whether all numbers in it are finite.
    pub complete: &'a [bool],
}

impl<'a> Columns<'a> {
    /// The value of an operand in a lane.
    pub fn get(&self, source: Source, lane: usize) -> Cell {
        match source {
            Source::Column(column) => {
                let place = column * self.stride + lane;
                Cell { tag: self.tags[place], value: self.values[place] }
            }
            Source::Constant(cell) => cell,
        }
    }

    /// The numbers of a column in the first lanes; NaN where it is null.
    #[inline(always)]
    pub fn column(&self, column: usize, lanes: usize) -> &'a [f64] {
        &self.values[column * self.stride..][..lanes]
    }
}

/// Columns that an operation fills.
#[derive(Default)]
pub struct Out<'a> {
    pub values: &'a mut [f64],
    pub tags: &'a mut [Tag],
    pub stride: usize,
    pub complete: &'a mut [bool],
}

impl<'a> Out<'a> {
    /// Sets the value of a column in a lane.
    pub fn set(&mut self, column: usize, lane: usize, cell: Cell) {
        let place = column * self.stride + lane;
        (self.values[place], self.tags[place]) = (cell.value, cell.tag);
    }

    /// The first columns, to be filled.
    #[inline(always)]
    pub fn columns<'b>(&'b mut self, to: &mut [&'b mut [f64]]) {
        let mut values = &mut *self.values;
        for to in to {
            let (column, after) = values.split_at_mut(self.stride);
            (*to, values) = (column, after);
        }
    }

    /// Sets what the values of a column are in the first lanes: those that are not finite are null.
    #[inline(always)]
    pub fn judge(&mut self, column: usize, lanes: usize, tag: Tag) {
        let values = &mut self.values[column * self.stride..][..lanes];
        let tags = &mut self.tags[column * self.stride..][..lanes];
        let mut complete = true;
        for (value, place) in values.iter_mut().zip(tags) {
            let is_value = value.is_finite();
            *value = if is_value { *value } else { f64::NAN };
            *place = if is_value { tag } else { Tag::Null };
            complete &= is_value;
        }
        self.complete[column] = complete;
    }

    /// Notes whether the numbers of a column are finite in the first lanes.
    pub fn check(&mut self, column: usize, lanes: usize) {
        self.complete[column] = all_finite(&self.values[column * self.stride..][..lanes]);
    }

    /// Takes the first columns away.
    pub fn take(&mut self, columns: usize) -> Self {
        let Out { values, tags, stride, complete } = std::mem::take(self);
        let (values, values_after) = values.split_at_mut(columns * stride);
        let (tags, tags_after) = tags.split_at_mut(columns * stride);
        let (complete, complete_after) = complete.split_at_mut(columns);
        *self = Out { values: values_after, tags: tags_after, stride, complete: complete_after };
        Out { values, tags, stride, complete }
    }
}

/// Whether all numbers are finite. There are few, most often two.
#[inline(always)]
pub fn all_finite(values: &[f64]) -> bool {
    values.iter().fold(true, |all, value| all & value.is_finite())
}

/// The text that a cell stands for.
pub fn text_of<'a>(constants: &'a [String], texts: &'a [String], cell: Cell) -> &'a str {
    let place = cell.value as usize;
    constants.get(place).unwrap_or_else(|| &texts[place - constants.len()])
}
