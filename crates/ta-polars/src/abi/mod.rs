//! Polars' plugin ABI over Arrow's C data interface: structs of pointers on one side, slices and
//! owned values on the other. All unsafe code of this library is here.

mod entry;
mod export;
mod import;
mod layout;

pub use entry::{
    _polars_plugin_field_ta, _polars_plugin_get_last_error_message, _polars_plugin_get_version,
    _polars_plugin_ta, polars_ta_catalog, polars_ta_resolve,
};
pub use layout::{ArrowArray, ArrowSchema, CallerContext, SeriesExport};
