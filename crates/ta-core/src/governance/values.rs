//! What an indicator computes, in a few numbers that differ when its values do.
//!
//! Every indicator is computed with default parameters over the same made-up bars, which are
//! whole numbers of ticks and so the same on every processor. For each output the rows with a
//! value are counted and the values added up, each with a weight of its own. Sums are compared
//! with the tolerance of the golden values instead of being hashed: last bits differ between
//! processors, and however values are rounded before hashing, some are on an edge.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    compute_complete, error::TaError, indicator::Indicator, indicators, kernel::Computed,
    meta::SlotKind, resolve, NameStyle,
};

use super::{
    compare::{find, Change},
    policy::Kind,
    Release,
};

/// By the indicator's id, one for each output.
pub type Values = BTreeMap<String, Vec<OutputValues>>;

/// The values of one output.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OutputValues {
    /// Its name.
    pub output: String,
    /// Rows with a value.
    pub rows: usize,
    /// The first of them.
    pub first: Option<usize>,
    /// All values, each times its row's weight.
    pub sum: f64,
    /// The same without signs.
    pub size: f64,
}

/// How far sums may differ, in parts of the size: what golden values are held to.
const TOLERANCE: f64 = 1e-9;
const ROWS: usize = 6000;
const TICK: f64 = 1.0 / 16.0;

/// The values of the whole catalog.
///
/// # Errors
/// If an indicator refuses its own defaults.
pub fn of_all() -> Result<Values, TaError> {
    let bars = Bars::new();
    indicators().iter().map(|i| Ok((i.meta.id.to_owned(), of(i, &bars)?))).collect()
}

fn of(indicator: &'static Indicator, bars: &Bars) -> Result<Vec<OutputValues>, TaError> {
    let values = over(indicator, bars, |price| price)?;
    if values.iter().any(|output| output.size > 0.0) {
        return Ok(values);
    }
    // Some have values near zero only, such as inverse sines, or for numbers below it.
    over(indicator, bars, |price| price / 512.0 - 0.1875)
}

fn over(
    indicator: &'static Indicator,
    bars: &Bars,
    scale: fn(f64) -> f64,
) -> Result<Vec<OutputValues>, TaError> {
    let meta = &indicator.meta;
    let slots = &meta.semantics.input_slots;
    let columns: Vec<Vec<f64>> =
        slots.iter().map(|slot| bars.of(slot.name, slot.kind, scale)).collect();
    let inputs: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let params = resolve(indicator, &serde_json::Map::new(), NameStyle::default())?;
    let computed = compute_complete(indicator, &params, &inputs)?;
    let pairs = meta.outputs.iter().zip(computed);
    Ok(pairs.map(|(output, values)| summed(output.name, &numbers(values))).collect())
}

fn numbers(values: Computed) -> Vec<Option<f64>> {
    match values {
        Computed::F64(values) => values,
        Computed::I32(values) => values.into_iter().map(|v| v.map(f64::from)).collect(),
        Computed::Bool(values) => {
            values.into_iter().map(|v| v.map(|v| f64::from(u8::from(v)))).collect()
        }
    }
}

/// The numbers of one output.
pub fn summed(output: &str, values: &[Option<f64>]) -> OutputValues {
    let mut weights = Draw(1);
    let (mut sum, mut size) = (0.0, 0.0);
    for value in values {
        // From 1 to 2, so that each row counts and no two can be exchanged.
        let weight = 1.0 + weights.below(1 << 20) as f64 / f64::from(1 << 20);
        let value = weight * value.unwrap_or(0.0);
        sum += value;
        size += value.abs();
    }
    let known = values.iter().filter(|value| value.is_some());
    let first = values.iter().position(Option::is_some);
    OutputValues { output: output.to_owned(), rows: known.count(), first, sum, size }
}

impl OutputValues {
    /// Whether two are of the same values, but for last bits.
    pub fn agrees(&self, other: &Self) -> bool {
        let near = |a: f64, b: f64| (a - b).abs() <= TOLERANCE * self.size.max(other.size);
        self.rows == other.rows
            && self.first == other.first
            && near(self.sum, other.sum)
            && near(self.size, other.size)
    }

    fn described(&self) -> String {
        let first = self.first.map_or_else(String::new, |row| format!(" from row {row}"));
        format!("{} rows of {}{first} with the sum {}", self.rows, self.output, self.sum)
    }
}

/// One change for each released indicator whose values are others.
pub(super) fn changes(released: Release<'_>, current: Release<'_>) -> Vec<Change> {
    let mut found = Vec::new();
    for (id, before) in released.values {
        let now = find(current.catalog, id).and_then(|i| current.values.get(i["id"].as_str()?));
        let Some(now) = now else { continue };
        let same = |was: &OutputValues| now.iter().find(|is| is.output == was.output);
        let moved = before.iter().filter_map(|was| Some((was, same(was)?)));
        if let Some((was, is)) = moved.into_iter().find(|(was, is)| !was.agrees(is)) {
            found.push(Change {
                kind: Kind::ValuesChanged,
                indicator: Some(id.clone()),
                item: None,
                was: was.described(),
                is: is.described(),
            });
        }
    }
    found
}

/// Numbers that look drawn at random and are the same everywhere.
struct Draw(u64);

impl Draw {
    /// The next number of splitmix64, below a bound.
    fn below(&mut self, bound: u64) -> i64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % bound) as i64
    }

    /// Within a distance of 0.
    fn around(&mut self, reach: i64) -> i64 {
        self.below(2 * reach as u64 + 1) - reach
    }
}

/// Made-up bars: trends, quiet and wild times, gaps, equal prices, bars without volume.
struct Bars(BTreeMap<&'static str, Vec<f64>>);

impl Bars {
    fn new() -> Self {
        let mut draw = Draw(7);
        let mut bars = BTreeMap::<&str, Vec<f64>>::new();
        let (mut close, mut other, mut drift, mut reach) = (1600, 1500, 0, 12);
        for row in 0..ROWS {
            if draw.below(20) == 0 {
                drift = draw.around(4) + (1600 - close) / 200;
                reach = [2, 6, 12, 40][draw.below(4) as usize];
            }
            let mut pick = |parts: [i64; 4]| reach * parts[draw.below(4) as usize] / 4;
            let (gaps, bodies, wicks) =
                (pick([0, 0, 2, 6]), pick([0, 1, 4, 4]), [pick([0, 0, 1, 4]), pick([0, 0, 1, 4])]);
            let open = (close + draw.around(gaps)).clamp(400, 6000);
            let body = if bodies == 0 { 0 } else { drift + draw.around(bodies) };
            close = (open + body).clamp(400, 6000);
            other = (other + draw.around(15) + (close - other) / 50).clamp(400, 6000);
            let volume = if draw.below(25) == 0 { 0 } else { 1 + draw.below(10_000) };
            let periods = draw.around(40);
            let prices = [
                ("open", open),
                ("high", open.max(close) + wicks[0]),
                ("low", open.min(close) - wicks[1]),
                ("close", close),
                ("other", other),
                ("upper", close + 8),
                ("lower", other - 8),
            ];
            for (name, ticks) in prices {
                bars.entry(name).or_default().push(ticks as f64 * TICK);
            }
            bars.entry("volume").or_default().push(volume as f64);
            bars.entry("periods").or_default().push(periods as f64);
            bars.entry("session").or_default().push((row / 20) as f64);
            bars.entry("anchor").or_default().push(f64::from(u8::from(row % 70 == 10)));
        }
        Self(bars)
    }

    /// The column for an input.
    fn of(&self, name: &str, kind: SlotKind, scale: fn(f64) -> f64) -> Vec<f64> {
        let usual = if kind == SlotKind::Key { "session" } else { "close" };
        let column = self.0.get(name).or_else(|| self.0.get(usual));
        column.into_iter().flatten().copied().map(scale).collect()
    }
}
