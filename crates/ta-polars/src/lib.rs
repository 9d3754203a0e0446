//! The indicators as an expression plugin of polars.
//!
//! Polars loads this library, passes the input columns of an expression as Arrow arrays and takes
//! the result as one. One function computes, and one names and types the result. Both read the
//! same request: the `kwargs` of the expression are the pickle of `{"request": "<JSON>"}`, where the
//! JSON has the fields of [`call::Written`].
//!
//! # One call
//!
//! What `df.select(pl.col("close").ta.rsi(14))` does in Python:
//!
//! 1. `_namespaces.py` makes the methods from the catalog, which the library gives as JSON.
//!    `_calls.py` sorts the arguments, and the library checks them (`questions.rs`, with
//!    [`ta_engine::Call`]).
//! 2. The expression is one of polars' own: the path of the library, the function `ta`, and as its
//!    arguments the pickle of the request.
//! 3. Polars calls `_polars_plugin_field_ta` for the name and the type, then `_polars_plugin_ta`
//!    with the input columns, once, or once for each group. `call.rs` reads the request; each
//!    thread remembers its last one.
//! 4. `abi/import.rs` takes the columns and checks what it can of their arrays: the interface does
//!    not say how long buffers are. `columns.rs` makes them columns of the engine, through
//!    `Borrowed` of ta-arrow, in place if a column is one chunk of Float64.
//! 5. `ta-engine` runs the task into `made.rs`: memory of the result alone, the large part of it
//!    from `ta-memory`. `abi/export.rs` gives it to polars, and takes it back when polars releases
//!    the array.
//!
//! In nodejs-polars, the room `lazy` replaces placeholders by such expressions when a context gets
//! them, if polars can run them (`polars/plugin.ts`). A call counts itself in (`Caller` of
//! ta-engine), so that calls on several threads of polars share the threads of the engine. Errors
//! and panics become polars' own errors.
//!
//! Only [`abi`] knows pointers. This library contains no crate of polars.
//!
//! # Decisions
//!
//! - The expression plugin has the structs of the ABI, no crate of polars. They are a page of C;
//!   polars' crates would fix its version and multiply size and time of the build.
//! - The plugin is never declared elementwise. Polars would compute pieces of a column, silently
//!   wrong.
//! - The plugin does not trust a host's count of nulls, and reads buffers at any address. -1 is
//!   allowed; arrow2 reads misaligned buffers wrongly after an offset.
//! - A pickle is read by seven instructions, and nothing is run. It is a program; requests need
//!   only a dictionary of one text.
//! - The wheel is packed by maturin's cffi mode, but Python opens the library with ctypes. One
//!   wheel for all versions of Python, and no dependency but polars.
//! - A constant input of the plugin comes with a column of row numbers. All inputs of polars may
//!   be of one row; the result must be as long as the frame or the group.
//! - Results of the plugin below 2 MiB do not come from the pool. It gives out large pages; a
//!   short column would hold several times its size.
#![deny(unsafe_code)]

#[allow(unsafe_code)]
pub mod abi;
pub mod call;
mod columns;
mod dtypes;
mod made;
mod pickle;
mod questions;

/// Runs `work` and turns a panic into an error, so that the process goes on.
fn guard<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    ta_engine::caught(work).unwrap_or_else(Err)
}
