//! The overlay: names, aliases and descriptions of TA-Lib's functions that its registry does not
//! have.
//!
//! There is one table for each TA-Lib group and one entry for each function, with parameters and
//! outputs in the registry's order. Tests compare the entries with the registry.

use crate::meta::{Memory, OutputKind, Scale};

mod cycle;
mod drawing;
mod extras;
mod math;
mod momentum;
mod overlap;
mod pattern;
mod price_transform;
mod statistic;
mod volatility;
mod volume;

pub use drawing::{joined, levels, prices, NOT_ON_PRICES};
pub use extras::{of_ours, spellings};

/// The overlay for one TA-Lib function.
pub struct Overlay {
    /// TA-Lib's name, e.g. `"WILLR"`.
    pub function: &'static str,
    /// Our id, e.g. `"willr"`.
    pub id: &'static str,
    /// Title, e.g. `"Williams %R"`.
    pub display_name: &'static str,
    /// Names in other libraries, e.g. `&["williams_r"]`.
    pub aliases: &'static [&'static str],
    /// One paragraph: what it measures and how its values are read.
    pub description: &'static str,
    /// How much of the past a value depends on.
    pub memory: Memory,
    /// `(our name, description)` of each parameter, in TA-Lib's order.
    pub params: &'static [(&'static str, &'static str)],
    /// Our outputs, in TA-Lib's order.
    pub outputs: &'static [Output],
}

/// The overlay for one output.
pub struct Output {
    /// Field name, e.g. `"upper"`; `"value"` for a single output.
    pub name: &'static str,
    /// How a chart should draw it.
    pub kind: OutputKind,
    /// Its role among the outputs.
    pub role: &'static str,
    /// How it changes when the inputs are multiplied.
    pub scale: Scale,
    /// The interval that contains all values.
    pub bounds: Option<(f64, f64)>,
    /// The meaning of the values.
    pub description: &'static str,
}

/// All entries.
pub fn all() -> impl Iterator<Item = &'static Overlay> {
    [
        cycle::TABLE,
        math::TABLE,
        momentum::TABLE,
        overlap::TABLE,
        pattern::TABLE,
        price_transform::TABLE,
        statistic::TABLE,
        volatility::TABLE,
        volume::TABLE,
    ]
    .into_iter()
    .flatten()
}
