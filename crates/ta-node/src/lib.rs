//! The Node addon: the catalog as JSON, argument checks, and evaluations of plans. No indicator
//! is named here.

mod bars;
mod columns;
mod direct;
mod evaluation;
pub mod live;
pub mod memory;

/// The functions that polars calls in native mode: the addon is the library of its plugin
/// expressions, so both have one engine and one memory.
pub use ta_polars::abi;

use napi::{bindgen_prelude::TypedArray, Error, Result};
use napi_derive::napi;
use serde::Serialize;
use ta_core::{IndicatorMeta, NameStyle};
use ta_engine::{Call, Request};

/// The whole catalog, as canonical JSON: versions and indicators.
#[napi]
pub fn catalog() -> Result<String> {
    to_json(&ta_core::contract::catalog_document())
}

/// The id of the indicator with this id or alias, or nothing.
#[napi]
pub fn find(name: String) -> Option<&'static str> {
    ta_core::find_indicator_meta(&name).map(|meta| meta.id)
}

/// The catalog entry for an id or alias, as JSON, or nothing.
#[napi]
pub fn entry(id: String) -> Result<Option<String>> {
    ta_core::find_indicator_meta(&id).map(|meta: &IndicatorMeta| to_json(meta)).transpose()
}

/// Checks an indicator's name, its parameters (a JSON object) and the `missing` option, and returns
/// the full request as JSON. Throws one sentence if it refuses them; that sentence also mentions
/// the option names in `also`. If `allow` is given, look-ahead is refused, and the sentence tells
/// the user to write `allow` to allow it.
#[napi]
pub fn resolve(
    name: String,
    params: String,
    missing: Option<String>,
    also: Option<Vec<String>>,
    allow: Option<String>,
) -> Result<String> {
    guard(|| to_json(&request(name, &params, missing, also, allow)?))
}

/// The stable history of an indicator, for parameters as [`resolve`] takes them; nothing if a value
/// needs all rows. See [`ta_engine::stable_after`].
#[napi]
pub fn stable_after(name: String, params: String) -> Result<Option<f64>> {
    guard(|| {
        let call = Call::from_text(name, &params).map_err(reason)?;
        let rows = call.stable_after(NameStyle::Camel).map_err(reason)?;
        Ok(rows.map(|rows| rows as f64))
    })
}

/// The address of an array's first value.
#[napi]
pub fn address_of(array: TypedArray<'_>) -> f64 {
    array.arraybuffer.as_ptr() as usize as f64
}

/// The version of this library.
#[napi]
pub fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

/// The version of the catalog's contract.
#[napi]
pub fn contract_version() -> u32 {
    ta_core::contract::CONTRACT_VERSION
}

/// The end of a sentence about an unknown name: ` (did you mean "a" or "b"?)`, or nothing.
#[napi]
pub fn hint(name: String, known: Vec<String>) -> String {
    ta_core::hint(&name, known.iter().map(String::as_str))
}

/// Answers a question about texts and configurations of the expression language; both are JSON. See
/// [`ta_language::ask()`].
#[napi]
pub fn language(question: String) -> Result<String> {
    guard(|| Ok(ta_language::ask(&question)))
}

/// The number of threads in the pool.
#[napi]
pub fn threads() -> u32 {
    ta_engine::set_up();
    rayon::current_num_threads() as u32
}

/// Tells the allocator of this process to keep freed memory, and makes it take `reserve` bytes in
/// large pages in advance. Returns whether this system's allocator has these settings.
#[napi]
pub fn tune(reserve: f64) -> bool {
    ta_memory::tune(reserve as usize)
}

fn request(
    id: String,
    params: &str,
    missing: Option<String>,
    also: Option<Vec<String>>,
    allow: Option<String>,
) -> Result<Request> {
    let call = Call::from_text(id, params).map_err(reason)?;
    let call = Call { missing, also: also.unwrap_or_default(), allow, ..call };
    call.check(NameStyle::Camel).map_err(reason)
}

fn to_json<T: Serialize + ?Sized>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(reason)
}

fn reason(error: impl std::fmt::Display) -> Error {
    Error::from_reason(error.to_string())
}

/// Runs `work` and turns a panic into an error, so that the process goes on.
fn guard<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    ta_engine::caught(work).unwrap_or_else(|what| Err(reason(what)))
}
