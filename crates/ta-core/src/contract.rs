//! The catalog as one document, for bindings, dashboards and generators.

use schemars::{generate::SchemaSettings, JsonSchema};
use serde::Serialize;

use crate::{catalog::indicator_catalog, meta::IndicatorMeta};

/// Version of the document's shape. It rises when a field is removed, renamed or given another
/// meaning, but not when a field is added.
pub const CONTRACT_VERSION: u32 = 2;

/// The whole catalog.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CatalogDocument {
    /// Version of the document's shape.
    pub contract_version: u32,
    /// Version of this library.
    pub library_version: &'static str,
    /// Every indicator, ordered by category and id.
    pub indicators: &'static [IndicatorMeta],
}

/// The current document.
pub fn catalog_document() -> CatalogDocument {
    CatalogDocument {
        contract_version: CONTRACT_VERSION,
        library_version: env!("CARGO_PKG_VERSION"),
        indicators: indicator_catalog(),
    }
}

/// The JSON Schema of [`CatalogDocument`].
pub fn catalog_schema() -> serde_json::Value {
    // This schema describes the written form, where a field that may be left out is not required.
    let settings = SchemaSettings::draft2020_12().for_serialize();
    settings.into_generator().into_root_schema_for::<CatalogDocument>().to_value()
}
