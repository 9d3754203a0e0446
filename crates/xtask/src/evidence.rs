//! The evidence for each indicator, as data for the package: the oracle, the measured differences,
//! and the names in other libraries with notes on what differs there.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use ta_core::{find_indicator_meta, indicator_catalog};

use crate::{
    files::Tree,
    sources::{names, Sources},
};

const PATH: &str = "plugin/data/evidence.json";

/// The evidence for one indicator. The plugin describes these fields in `evidence.ts`.
#[derive(Serialize, Default)]
struct Evidence<'a> {
    oracles: &'a [String],
    #[serde(skip_serializing_if = "Value::is_null")]
    error: Value,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    elsewhere: BTreeMap<&'static str, Vec<&'a str>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<&'a str>,
}

/// Adds the file, one line for each indicator.
pub fn write(tree: &mut Tree, sources: &Sources) -> Result<(), String> {
    let mut indicators: BTreeMap<&'static str, Evidence> = BTreeMap::new();
    for meta in indicator_catalog() {
        let (oracles, error) = (sources.oracles(meta), sources.error(meta).clone());
        indicators.insert(meta.id, Evidence { oracles, error, ..Evidence::default() });
    }
    for row in &sources.rows {
        let known = find_indicator_meta(&row.id).and_then(|meta| indicators.get_mut(meta.id));
        let Some(evidence) = known else { continue };
        for (library, list) in [
            ("TA-Lib", &row.talib_name),
            ("laakhay", &row.laakhay_id),
            ("laakhay", &row.laakhay_aliases),
            ("tulip", &row.tulip_name),
            ("pandas-ta", &row.pandas_ta_name),
        ] {
            for name in names(list) {
                let known = evidence.elsewhere.entry(library).or_default();
                if !known.contains(&name) {
                    known.push(name);
                }
            }
        }
        if !row.note.is_empty() {
            evidence.notes.push(&row.note);
        }
    }
    let mut lines = Vec::new();
    for (id, evidence) in &indicators {
        let line = serde_json::to_string(evidence).map_err(|e| e.to_string())?;
        lines.push(format!("\"{id}\":{line}"));
    }
    let (tolerance, lines) = (&sources.tolerance, lines.join(",\n"));
    tree.put(PATH, format!("{{\"tolerance\":{tolerance},\n\"indicators\":{{\n{lines}\n}}}}\n"));
    Ok(())
}
