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
//!
//! # Decisions
//!
//! - The window of a tick follows from the window before it, not from the tick alone. Polars does
//!   the same, and the bars must be those of `resample`: after clocks change, windows of four
//!   hours begin at another hour.
//! - Bars take ticks of their window in any order; the oldest gives the open, the newest the
//!   close. That is `resample` of the sorted ticks, and feeds mix up ticks of a few milliseconds.
//! - `ta.bars` refuses `closed: "both"` and `"none"`. A tick at a border would belong to a bar
//!   that is already closed, or to none.
//! - The offsets of a time zone come from JavaScript's `Intl`, as a table, once per zone. A crate
//!   with the database of zones (jiff) would add 0.5 MB to the addon, and slim systems and
//!   Windows have no database; Node has one.
//! - Times of ticks are nanoseconds in Rust, and two numbers across the border. With `closed:
//!   "right"` one nanosecond decides, and a number has only 53 bits.
//! - Numbers that may be seconds are refused as times of ticks, and so are bigints that are no
//!   nanoseconds. A wrong unit puts all ticks into one bar.
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
