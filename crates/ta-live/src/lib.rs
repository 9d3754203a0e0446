//! Features bar by bar.
//!
//! A [`Program`] is what the features of a pipeline mean: fields of a bar, indicators and operators.
//! A [`Stream`] runs it for any number of keys, one bar at a time or many at once, with the values
//! that polars and the batch give to the last bit. The newest bar of a key is not yet part of its
//! history, so it can be replaced. A stream can be saved and restored.
//!
//! ```
//! use ta_live::{Bar, Program, Stream};
//!
//! let program = Program::parse(r#"{
//!     "fields": ["close"],
//!     "nodes": [
//!         { "kind": "field", "field": 0 },
//!         { "kind": "call", "id": "sma", "params": { "period": 2 }, "inputs": [0] }
//!     ],
//!     "features": [{ "name": "sma_2", "node": 1 }]
//! }"#)?;
//! let mut stream = Stream::new(program.into(), 0)?;
//! let key = stream.add("\"IBM\"".to_owned());
//! stream.update(key, Bar::of(&[1.0]))?;
//! stream.update(key, Bar::of(&[2.0]))?;
//! assert_eq!(stream.number(0, 0), Some(1.5));
//! stream.replace(key, Bar::of(&[4.0]))?;
//! assert_eq!(stream.number(0, 0), Some(2.5));
//! # Ok::<(), ta_live::LiveError>(())
//! ```
#![forbid(unsafe_code)]

mod arithmetic;
mod builder;
mod cell;
mod columns;
mod error;
mod infer;
mod lanes;
mod operator;
mod ops;
mod program;
mod rows;
mod series;
mod snapshot;
mod states;
mod stream;
mod table;
mod written;

pub use cell::{Cell, Tag};
pub use error::LiveError;
pub use program::{FieldKind, Program, ValueType};
pub use rows::Bar;
pub use snapshot::Header;
pub use stream::{Info, Stream};
pub use table::{FieldColumn, Table};
