//! Columns that JavaScript has copied into one room.

use serde::Deserialize;
use ta_arrow::{Borrowed, Piece, Storage};

/// Where some bytes are in the room: their start and their number.
#[derive(Deserialize, Default, Clone, Copy)]
pub struct At(usize, usize);

/// A column; see [`Borrowed`].
#[derive(Deserialize)]
pub struct Column {
    name: String,
    storage: String,
    #[serde(default)]
    number: f64,
    pieces: Vec<ColumnPiece>,
    #[serde(default)]
    dictionaries: Vec<Column>,
}

/// Consecutive rows of a column; see [`Piece`].
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ColumnPiece {
    rows: usize,
    #[serde(default)]
    values: At,
    first_bit: usize,
    validity: Option<At>,
    #[serde(default)]
    offsets: At,
    #[serde(default)]
    heaps: Vec<At>,
    dictionary: Option<usize>,
}

/// The columns over the bytes of the room.
pub fn borrowed<'a>(columns: &[Column], bytes: &'a [u8]) -> Result<Vec<Borrowed<'a>>, String> {
    columns.iter().map(|column| column.over(bytes)).collect()
}

impl Column {
    fn over<'a>(&self, bytes: &'a [u8]) -> Result<Borrowed<'a>, String> {
        let storage = Storage::named(&self.storage, self.number)?;
        let pieces = self.pieces.iter().map(|piece| piece.over(bytes));
        let pieces = pieces.collect::<Option<_>>().ok_or("a column lies outside of its memory")?;
        let dictionaries = borrowed(&self.dictionaries, bytes)?;
        Ok(Borrowed { name: self.name.clone(), storage, pieces, dictionaries })
    }
}

impl ColumnPiece {
    fn over<'a>(&self, bytes: &'a [u8]) -> Option<Piece<'a>> {
        let at = |At(start, len): At| bytes.get(start..start.checked_add(len)?);
        Some(Piece {
            rows: self.rows,
            values: at(self.values)?,
            first_bit: self.first_bit,
            validity: self.validity.map_or(Some(None), |bits| at(bits).map(Some))?,
            offsets: at(self.offsets)?,
            heaps: self.heaps.iter().map(|&heap| at(heap)).collect::<Option<_>>()?,
            dictionary: self.dictionary,
        })
    }
}
