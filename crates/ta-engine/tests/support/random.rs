//! Random parameters within the ranges of the catalog.

use serde_json::{Map, Value};
pub use ta_core::random::Rng;
use ta_core::{meta::ParamKind, resolve, Indicator, Params};

/// Which parameters to draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Draw {
    /// Those for which [`scale_group`](ta_core::meta::IndicatorOutputMeta::scale_group) holds: real
    /// numbers keep their defaults, and windows are longer than one bar.
    Scalable,
    /// All parameters.
    Any,
    /// All parameters, often at the ends of their ranges.
    Ends,
}

/// The largest whole number that is drawn: windows must be shorter than the tables.
const LONGEST: i64 = 60;

/// Parameters that an indicator accepts, each within its range.
pub fn params(indicator: &Indicator, draw: Draw, rng: &mut Rng) -> Params {
    for _ in 0..1000 {
        let given: Map<String, Value> = indicator
            .meta
            .params
            .iter()
            .map(|p| (p.name.to_owned(), value(&p.kind, draw, rng)))
            .collect();
        if let Ok(params) = resolve(indicator, &given, Default::default()) {
            return params;
        }
    }
    panic!("{} accepts no random parameters", indicator.meta.id)
}

fn value(kind: &ParamKind, draw: Draw, rng: &mut Rng) -> Value {
    let end = draw == Draw::Ends && rng.once_in(3);
    match *kind {
        ParamKind::Int { min, max, .. } if end => rng.pick(&[min, max]).into(),
        ParamKind::Int { min, max, .. } => {
            let min = if draw == Draw::Scalable { min.max(2).min(max) } else { min };
            rng.int(min, max.min(min.max(LONGEST))).into()
        }
        ParamKind::Float { min, max, .. } if end => rng.pick(&[min, max]).into(),
        ParamKind::Float { default, .. } if draw == Draw::Scalable => default.into(),
        ParamKind::Float { default, min, max } => {
            let reach = default.abs().max(1.0) * 4.0;
            let (low, high) = (min.max(default - reach), max.min(default + reach));
            (low + (high - low) * rng.unit()).into()
        }
        ParamKind::Enum { enum_values, .. } => rng.pick(enum_values).into(),
        ParamKind::Bool { .. } => rng.once_in(2).into(),
    }
}

/// The defaults in one case of two, otherwise random parameters.
pub fn params_or_defaults(indicator: &Indicator, draw: Draw, rng: &mut Rng) -> Params {
    if rng.once_in(2) {
        Params::defaults(&indicator.meta)
    } else {
        params(indicator, draw, rng)
    }
}
