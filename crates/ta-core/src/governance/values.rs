//! A digest of the values of each indicator, to detect changed values.
//!
//! Every indicator is computed with default parameters over the same synthetic bars. Their prices
//! are whole numbers of ticks, so that they are the same on every processor. For each output, the
//! digest has the number of rows with a value and the weighted sum of the values. The sums are not
//! hashed but compared, with the tolerance of the golden values, because last bits differ between
//! processors.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    compute_complete, error::TaError, indicator::Indicator, indicators, kernel::Computed,
    meta::SlotKind, random::Rng, resolve, NameStyle,
};

use super::{
    compare::{find, Change},
    policy::Kind,
    Release,
};

/// The digests by the indicator's id, one for each output.
pub type Values = BTreeMap<String, Vec<OutputValues>>;

/// The digest of one output's values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OutputValues {
    /// Its name.
    pub output: String,
    /// Rows with a value.
    pub rows: usize,
    /// The first row with a value.
    pub first: Option<usize>,
    /// The sum of all values, each multiplied by the weight of its row.
    pub sum: f64,
    /// The sum of their absolute values, with the same weights.
    pub size: f64,
}

/// The difference allowed between sums, relative to their size: the tolerance of golden values.
const TOLERANCE: f64 = 1e-9;
const ROWS: usize = 6000;
const TICK: f64 = 1.0 / 16.0;

/// The values of the whole catalog.
///
/// # Errors
/// An indicator refuses its own defaults.
pub fn of_all() -> Result<Values, TaError> {
    let bars = Bars::new();
    indicators().iter().map(|i| Ok((i.meta.id.to_owned(), of(i, &bars)?))).collect()
}

fn of(indicator: &'static Indicator, bars: &Bars) -> Result<Vec<OutputValues>, TaError> {
    let values = over(indicator, bars, |price| price)?;
    if values.iter().any(|output| output.size > 0.0) {
        return Ok(values);
    }
    // Some indicators, such as an inverse sine, only have values for inputs around zero.
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

/// The digest of one output.
pub fn summed(output: &str, values: &[Option<f64>]) -> OutputValues {
    let mut weights = Rng::new(1);
    let (mut sum, mut size) = (0.0, 0.0);
    for value in values {
        // Weights from 1 to 2: every row counts, and exchanged rows change the sum.
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
    /// Whether two digests are equal, except for last bits.
    pub fn agrees(&self, other: &Self) -> bool {
        let close = |a: f64, b: f64| (a - b).abs() <= TOLERANCE * self.size.max(other.size);
        self.rows == other.rows
            && self.first == other.first
            && close(self.sum, other.sum)
            && close(self.size, other.size)
    }

    fn described(&self) -> String {
        let first = self.first.map_or_else(String::new, |row| format!(" from row {row}"));
        format!("{} rows of {}{first} with the sum {}", self.rows, self.output, self.sum)
    }
}

/// One change for each released indicator whose values differ.
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

/// Synthetic bars with trends, quiet and volatile stretches, price gaps, equal prices, and bars
/// without volume.
struct Bars(BTreeMap<&'static str, Vec<f64>>);

impl Bars {
    fn new() -> Self {
        let mut rng = Rng::new(7);
        let mut bars = BTreeMap::<&str, Vec<f64>>::new();
        let (mut close, mut other, mut drift, mut reach) = (1600, 1500, 0, 12);
        for row in 0..ROWS {
            if rng.once_in(20) {
                drift = rng.int(-4, 4) + (1600 - close) / 200;
                reach = rng.pick(&[2, 6, 12, 40]);
            }
            let mut pick = |parts: [i64; 4]| reach * rng.pick(&parts) / 4;
            let (gaps, bodies, wicks) =
                (pick([0, 0, 2, 6]), pick([0, 1, 4, 4]), [pick([0, 0, 1, 4]), pick([0, 0, 1, 4])]);
            let open = (close + rng.int(-gaps, gaps)).clamp(400, 6000);
            let body = if bodies == 0 { 0 } else { drift + rng.int(-bodies, bodies) };
            close = (open + body).clamp(400, 6000);
            other = (other + rng.int(-15, 15) + (close - other) / 50).clamp(400, 6000);
            let volume = if rng.once_in(25) { 0 } else { rng.int(1, 10_000) };
            let periods = rng.int(-40, 40);
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
