//! The catalog as canonical JSON, and its JSON Schema.

use serde::Serialize;
use ta_core::contract::{catalog_document, catalog_schema};

use crate::files::Tree;

/// Adds the snapshot and the schema.
pub fn write(tree: &mut Tree) -> Result<(), String> {
    tree.put("golden/indicator_catalog_v2.json", pretty(&catalog_document())?);
    tree.put("plugin/schema/indicator_catalog_v2.schema.json", pretty(&catalog_schema())?);
    Ok(())
}

fn pretty(value: &impl Serialize) -> Result<String, String> {
    serde_json::to_string_pretty(value).map(|text| text + "\n").map_err(|e| e.to_string())
}
