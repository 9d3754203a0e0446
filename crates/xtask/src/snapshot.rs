//! The catalog as canonical JSON.

use serde_json::json;
use ta_core::indicator_catalog;

use crate::files::Tree;

/// Version of the shape of the catalog's JSON.
const CONTRACT_VERSION: u32 = 1;

/// Adds the snapshot.
pub fn write(tree: &mut Tree) -> Result<(), String> {
    let catalog = json!({
        "contract_version": CONTRACT_VERSION,
        "library_version": env!("CARGO_PKG_VERSION"),
        "indicators": indicator_catalog(),
    });
    let text = serde_json::to_string_pretty(&catalog).map_err(|e| e.to_string())?;
    tree.put("golden/indicator_catalog_v1.json", text + "\n");
    Ok(())
}
