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
//!
//! # One bar
//!
//! What `live.update(bar)` does, file by file:
//!
//! 1. In the host (`plugin/src/live`): `bar.ts` finds the number of the bar's key (`keys.ts`) and
//!    checks that its time is later than the newest (`times.ts`, `order.ts`). `fields.ts` writes
//!    the numbers of the bar into an array that JavaScript and the addon share.
//! 2. In the addon (`live/host.rs`), a function gets the number of the stream and the key. It is no
//!    method, because napi needs ten times as long to call one.
//! 3. `stream/` commits the pending bar to the states, keeps the new bar as the pending one, and
//!    computes the values at it without changing the states.
//! 4. `lanes.rs` runs the program, one operation after the other, over the lanes; here there are
//!    two, the pending bar and the new one. Operators compute by polars' rules (`arithmetic.rs`).
//!    For a call of an indicator, `states.rs` applies the missing policy and passes complete rows
//!    to the bank of ta-core: columns in, columns out, all lanes at once.
//! 5. The values are in the shared array; the host (`rows.ts`) makes an object of them, by a function
//!    that it has written for the names of the features (`written.ts`).
//!
//! A call for many keys has a lane for each key, on several threads if there is enough work.
//! Warming up cuts its bars into blocks of lanes. If a bar can be refused and the stream has bars
//! already, it works on a copy, so that an error changes nothing; other programs refuse no bar after
//! its fields were checked.
//!
//! # The program
//!
//! The host writes what the features mean as JSON; `builder.rs` and `infer.rs` check it and find
//! the type of every field from its uses. Whether a field of arithmetic has numbers or conditions
//! is known with the bars only: cells carry it, and the program refuses what polars refuses. This
//! crate knows neither names of keys nor times as dates; these are the host's. A snapshot
//! (`snapshot.rs`) has them as the host's text, from which the host makes the program before the
//! states are read.
//!
//! Because the newest bar is not yet part of the states, replacing it is a second look at it. To
//! correct older bars, the stream also keeps the states before the oldest bar that can be
//! corrected, and commits the bars again from there.
//!
//! # Decisions
//!
//! - A stream runs the pending bar of a key and the next one as two lanes of one run. The second
//!   finds the state in the cache.
//! - A series row by row begins anew where the batch begins a new piece. A running sum that goes
//!   on would have other last bits.
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
