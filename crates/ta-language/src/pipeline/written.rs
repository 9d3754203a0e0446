//! Which library wrote a configuration.

use serde_json::{json, Value};
use ta_core::contract::CONTRACT_VERSION;

use super::options::{anything, check_options, describe, object, shown, OptionType};
use crate::said::{quoted, Said};

const LIBRARY: &str = "nodejs-polars-ta";
const VERSION: &str = env!("CARGO_PKG_VERSION");

const WRITTEN_BY: [OptionType; 3] = [
    OptionType { name: "library", what: "anything", allows: anything },
    OptionType { name: "version", what: "anything", allows: anything },
    OptionType { name: "contractVersion", what: "anything", allows: anything },
];

/// The name and versions of this library.
pub fn writer() -> Value {
    json!({ "library": LIBRARY, "version": VERSION, "contractVersion": CONTRACT_VERSION })
}

/// Refuses what another library or a newer version wrote.
pub fn check_writer(given: Option<&Value>) -> Result<(), Said> {
    let Some(given) = given else { return Ok(()) };
    let place = "pipeline: writtenBy";
    if object(given).is_none() {
        return Err(format!("{place} must be an object, got {}", describe(given)).into());
    }
    let map = check_options(place, given, "options", &WRITTEN_BY)?;
    let shown = |name: &str| map.get(name).map_or_else(|| "undefined".to_owned(), shown);
    if map.get("library").and_then(Value::as_str) != Some(LIBRARY) {
        return Err(format!("{place}: this is {LIBRARY}, not {}", shown("library")).into());
    }
    let contract = map.get("contractVersion").and_then(Value::as_f64);
    if contract != Some(f64::from(CONTRACT_VERSION)) {
        let theirs = shown("contractVersion");
        return Err(format!(
            "{place}: the file follows version {theirs} of the catalog's contract, this library \
             has version {CONTRACT_VERSION}"
        )
        .into());
    }
    let version = map.get("version").and_then(Value::as_str);
    let Some((version, numbers)) = version.and_then(|text| Some((text, numbers(text)?))) else {
        let (own, got) = (quoted(VERSION), shown("version"));
        return Err(format!("{place}: version must be such as {own}, got {got}").into());
    };
    if Some(numbers) > self::numbers(VERSION) {
        return Err(format!(
            "{place}: the file was written by version {version}, which is newer than this one, \
             {VERSION}; update {LIBRARY}"
        )
        .into());
    }
    Ok(())
}

/// The three numbers at the beginning of a version.
fn numbers(version: &str) -> Option<[u64; 3]> {
    let mut parts = version.splitn(3, '.');
    let first = parts.next()?.parse().ok()?;
    let second = parts.next()?.parse().ok()?;
    let third = parts.next()?;
    let end = third.find(|c: char| !c.is_ascii_digit()).unwrap_or(third.len());
    Some([first, second, third[..end].parse().ok()?])
}
