//! Many bars as JavaScript passes them.

use napi::bindgen_prelude::{Float64ArraySlice, Uint8Array};
use napi_derive::napi;
use ta_live::{FieldColumn, Tag};

/// A field of many bars.
#[napi(object, object_to_js = false)]
pub struct LiveColumn<'env> {
    /// One number for each bar; NaN is no value if there are no `nulls`. Empty for texts.
    pub numbers: Float64ArraySlice<'env>,
    /// What the values are; see [`Tag`].
    pub tag: u8,
    /// 1 where there is no value.
    pub nulls: Option<Uint8Array>,
    /// One text for each bar.
    pub texts: Option<Vec<Option<String>>>,
}

/// The columns as slices.
pub fn slices<'a>(fields: &'a [LiveColumn<'_>]) -> Vec<FieldColumn<'a>> {
    let slice = |field: &'a LiveColumn<'_>| FieldColumn {
        numbers: &field.numbers,
        tag: Tag::of(field.tag).unwrap_or_default(),
        nulls: field.nulls.as_deref(),
        texts: field.texts.as_deref(),
    };
    fields.iter().map(slice).collect()
}

/// The time of a bar; NaN if bars have none.
pub fn time(times: &Option<Float64ArraySlice<'_>>, row: usize) -> f64 {
    times.as_ref().and_then(|times| times.get(row)).copied().unwrap_or(f64::NAN)
}
