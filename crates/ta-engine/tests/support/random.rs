//! Random numbers, and parameters drawn from what the catalog allows.

use serde_json::{Map, Value};
use ta_core::{meta::ParamKind, resolve, Indicator, Params};

/// SplitMix64: small, and the same everywhere.
pub struct Rng(u64);

impl Rng {
    /// A stream of its own for each purpose that a seed serves.
    pub fn new(seed: u64, purpose: u64) -> Self {
        let mut rng = Self(seed ^ purpose.wrapping_mul(0xD134_2543_DE82_EF95));
        rng.bits();
        rng
    }

    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A whole number from `low` to `high`, both possible.
    pub fn int(&mut self, low: i64, high: i64) -> i64 {
        low + (self.bits() % (high - low + 1) as u64) as i64
    }

    /// A position below `len`.
    pub fn below(&mut self, len: usize) -> usize {
        self.int(0, len as i64 - 1) as usize
    }

    /// A number from 0 to 1.
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// True once in `times`.
    pub fn once_in(&mut self, times: i64) -> bool {
        self.int(1, times) == 1
    }

    pub fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}

/// Which parameters to draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Draw {
    /// What [`scale_group`](ta_core::meta::IndicatorOutputMeta::scale_group) speaks of: real
    /// numbers, which may be in units of the price, keep their defaults, and windows are
    /// longer than one bar.
    Scalable,
    /// All.
    Any,
    /// All, the ends of their ranges often.
    Ends,
}

/// Whole numbers drawn reach to here, so that windows stay shorter than the tables.
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
            let min = if draw == Draw::Scalable { min.max(2) } else { min };
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

/// Defaults as often as a draw.
pub fn params_or_defaults(indicator: &Indicator, draw: Draw, rng: &mut Rng) -> Params {
    if rng.once_in(2) {
        Params::defaults(&indicator.meta)
    } else {
        params(indicator, draw, rng)
    }
}
