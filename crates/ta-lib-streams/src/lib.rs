//! The official TA-Lib, as its crate `ta-lib` has it, with streams that can be saved.
//!
//! TA-Lib's streams keep their state in private fields. The build script therefore copies the source
//! of the pinned `ta-lib` out of cargo's registry, lets every type of a stream's state derive
//! [`Saved`](ta_saved::Saved), and puts the streams of each function behind one type, [`OpenStreams`],
//! which takes rows. This crate is that copy, for batch and streams alike. Four more things differ:
//! a stream does not check that a row is finite, large states of an average stand in a box, a row of
//! an average over a window asks for no memory, and functions whose numbers become tiny where a
//! series stands still are compiled a second time, with arithmetic that is not slow then and has
//! the same results to the last bit.
//!
//! Streams do not check that a row is finite, because a stream made of others would stop in the
//! middle of a row that overflows inside it, where the batch goes on. Large states of an average
//! stand in a box, because an indicator keeps room for the largest average that it can use.
//! `scratch.rs` keeps the vectors of a window's length that a row asks for, one for each thread. The
//! states of all series of a function stand together, and one call takes the rows of all.
//!
//! Nothing of the copy is in the repository. To change the version of TA-Lib, change it in
//! `Cargo.toml` and in `build/source.rs`; a state with a field of a new type, or a stream that
//! opens in a new way, stops the build.
//!
//! # Decisions
//!
//! - `ta-lib` is a dependency only under a flag that nobody sets but the build script, when it
//!   asks cargo. Cargo locks and fetches it like any other, but does not compile it a second
//!   time.
#![forbid(unsafe_code)]

include!(concat!(env!("OUT_DIR"), "/modules.rs"));

mod handles;
mod scratch;
mod stream;

pub use stream::{as_columns, OpenStreams, Opening, Parameter, Step, MOST};
pub use ta_func::*;
