//! Bars from ticks, one tick after the other: bars of time, of a volume, or of a number of ticks.
//!
//! [`Bars`] keeps the forming bar of every key. Bars of time have the windows that a dynamic
//! group-by of polars has over the same ticks; see [`Windows`].
//!
//! ```
//! use ta_bars::{Bars, Label, Rule, Tick};
//!
//! let mut bars = Bars::new(Rule::Ticks(2), Label::Left, false);
//! let key = bars.add();
//! for price in [10.0, 12.0, 11.0] {
//!     let tick = Tick { time: 0, open: price, high: price, low: price, close: price, volume: 1.0 };
//!     bars.update(key, &tick)?;
//! }
//! let closed = bars.take_closed();
//! assert_eq!((closed.len(), closed[0].bar.high, closed[0].bar.volume), (1, 12.0, 2.0));
//! assert_eq!(bars.forming(key).map(|bar| bar.open), Some(11.0));
//! # Ok::<(), ta_bars::Refused>(())
//! ```
//!
//! There is one series for each key: its forming bar, the window of its newest bar, the last close.
//! `windows.rs` repeats the rule of polars' dynamic group-by: a first window from the first tick,
//! then windows one length after another, with jumps over those without ticks.
//!
//! The host knows the keys, finds the fields of a tick and reads times. A tick crosses the border
//! as numbers in an array that the host shares ([`numbers`]), and the bars come back in it. Only
//! when a call closes several bars do they come in an array of their own.
#![forbid(unsafe_code)]

mod bar;
mod bars;
mod length;
pub mod numbers;
mod series;
mod settings;
mod snapshot;
mod windows;
mod zone;

pub use bar::{Bar, Label, Tick};
pub use bars::{Bars, Closed, Refused, Rule};
pub use length::Length;
pub use settings::Settings;
pub use snapshot::{header, Unreadable};
pub use windows::{Closes, StartBy, Window, Windows};
pub use zone::Zone;
