//! Many bars: columns of JavaScript as rows.

use napi::{
    bindgen_prelude::{Float64ArraySlice, Uint8Array},
    Result,
};
use napi_derive::napi;
use ta_live::{Bar, Program, Tag};

use crate::reason;

/// Bars as rows.
#[derive(Default)]
pub struct Buffers {
    values: Vec<f64>,
    pub tags: Vec<Tag>,
    texts: Vec<Vec<String>>,
}

/// A field of many bars.
#[napi(object, object_to_js = false)]
pub struct FieldColumn<'env> {
    /// One number for each bar; NaN is no value if there are no `nulls`. Empty for texts.
    pub numbers: Float64ArraySlice<'env>,
    /// What the values are; see [`Tag`].
    pub tag: u8,
    /// 1 where there is no value.
    pub nulls: Option<Uint8Array>,
    /// One text for each bar.
    pub texts: Option<Vec<Option<String>>>,
}

impl Buffers {
    /// Turns columns into rows.
    pub fn fill(
        &mut self,
        program: &Program,
        rows: usize,
        fields: &[FieldColumn<'_>],
    ) -> Result<()> {
        let width = program.fields.len();
        let wrong = |field: &FieldColumn<'_>| {
            let texts = field.texts.as_ref().map_or(rows, Vec::len);
            let nulls = field.nulls.as_ref().map_or(rows, |nulls| nulls.len());
            let numbers = if field.texts.is_some() { rows } else { field.numbers.len() };
            texts != rows || nulls != rows || numbers != rows
        };
        if fields.len() != width || fields.iter().any(wrong) {
            return Err(reason("each field needs one value for each bar"));
        }
        self.values.clear();
        self.values.resize(rows * width, f64::NAN);
        self.tags.clear();
        self.tags.resize(rows * width, Tag::Null);
        self.texts.clear();
        if fields.iter().any(|field| field.texts.is_some()) {
            self.texts.resize(rows, Vec::new());
        }
        for (place, field) in fields.iter().enumerate() {
            let tag = Tag::of(field.tag).unwrap_or_default();
            for row in 0..rows {
                let at = row * width + place;
                if let Some(texts) = &field.texts {
                    if let Some(text) = &texts[row] {
                        self.texts[row].push(text.clone());
                        self.tags[at] = Tag::Text;
                    }
                    continue;
                }
                let value = field.numbers[row];
                let is_null = match &field.nulls {
                    Some(nulls) => nulls[row] != 0,
                    None => value.is_nan(),
                };
                if !is_null {
                    (self.values[at], self.tags[at]) = (value, tag);
                }
            }
        }
        Ok(())
    }

    pub fn row(&self, row: usize, width: usize, time: f64) -> Bar<'_> {
        Bar {
            values: &self.values[row * width..(row + 1) * width],
            tags: &self.tags[row * width..(row + 1) * width],
            texts: self.texts.get(row).map_or(&[], Vec::as_slice),
            time,
        }
    }
}

/// The time of a bar; NaN if bars have none.
pub fn time(times: &Option<Float64ArraySlice<'_>>, row: usize) -> f64 {
    times.as_ref().and_then(|times| times.get(row)).copied().unwrap_or(f64::NAN)
}
