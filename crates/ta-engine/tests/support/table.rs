//! Tables of synthetic columns, one for each input that an indicator may have.

use ta_core::meta::{InputSlot, SlotKind};
use ta_engine::{pack_bits, Column};

use super::{random::Rng, Case};

pub const PRICES: [&str; 6] = ["open", "high", "low", "close", "series", "other"];
pub const VOLUME: &str = "volume";

/// Columns of one length. A missing row has a value that is not finite, or is null with any
/// value under it.
#[derive(Clone)]
pub struct Table {
    pub rows: usize,
    columns: Vec<Values>,
}

#[derive(Clone)]
struct Values {
    name: &'static str,
    values: Vec<f64>,
    /// A bit for each row, set if it has a value; row 0 has bit `offset`.
    validity: Option<(Vec<u8>, usize)>,
}

/// Prices are multiples of this, so that their sums and sums of squares are exact.
const TICK: f64 = 1.0 / 64.0;

impl Table {
    fn new(columns: Vec<(&'static str, Vec<f64>)>) -> Self {
        let rows = columns[0].1.len();
        let columns = columns.into_iter().map(|(name, values)| {
            assert_eq!(values.len(), rows);
            Values { name, values, validity: None }
        });
        Self { rows, columns: columns.collect() }
    }

    /// Bars like those of a market, with price gaps, equal prices in a row, bars without range and
    /// bars without volume.
    pub fn bars(case: Case) -> Self {
        Self::walk(case, true)
    }

    /// Bars that always move, with prices that are not binary fractions.
    pub fn moving_bars(case: Case) -> Self {
        Self::walk(case, false).scaled(&PRICES, 1.1).scaled(&[VOLUME], 0.7)
    }

    fn walk(case: Case, stops: bool) -> Self {
        let mut rng = Rng::stream(case.seed, 1);
        let mut bars: [Vec<f64>; 9] = Default::default();
        let (mut close, mut other, mut session) = (6400i64, 3200i64, 0i64);
        let (mut drift, mut reach, mut still) = (0, 100, false);
        let mut volume = 500;
        for _ in 0..case.rows {
            if rng.once_in(25) {
                // Both are proportional to the price, and the drift pulls back to the first price.
                reach = close * rng.pick(&[2, 6, 16, 48]) / 1024;
                drift = close * rng.int(-6, 6) / 1024 - (close - 6400) / 200;
            }
            still = stops && if still { !rng.once_in(4) } else { rng.once_in(40) };
            let step = |rng: &mut Rng, reach: i64| if still { 0 } else { rng.int(-reach, reach) };
            let range = |price| i64::clamp(price, 640, 1 << 19);
            let jump = if rng.once_in(3) { reach } else { reach / 10 };
            let open = range(close + step(&mut rng, jump));
            close = range(open + step(&mut rng, reach) + if still { 0 } else { drift });
            if !stops && close == open {
                close += 1;
            }
            let wick = |rng: &mut Rng| {
                let reach = rng.pick(&[0, reach / 8, reach]) + i64::from(!stops);
                if still {
                    0
                } else {
                    rng.int(i64::from(!stops), reach)
                }
            };
            let high = open.max(close) + wick(&mut rng);
            let low = open.min(close) - wick(&mut rng);
            if !rng.once_in(4) || !stops {
                volume = rng.int(1, 10_000);
            }
            if stops && rng.once_in(20) {
                volume = 0;
            }
            let toward = other + rng.int(-60, 60) + (close - other) / 64;
            other = if rng.once_in(3) && stops { close } else { range(toward) };
            let begins = rng.once_in(20);
            session += i64::from(begins);
            let ticks = [open, high, low, close, other].map(|ticks| ticks as f64 * TICK);
            let rest = [volume, rng.int(-2, 70), session, i64::from(begins)].map(|v| v as f64);
            for (column, value) in bars.iter_mut().zip(ticks.into_iter().chain(rest)) {
                column.push(value);
            }
        }
        let [open, high, low, close, other, volume, periods, session, anchor] = bars;
        Self::new(vec![
            ("open", open),
            ("high", high),
            ("low", low),
            ("close", close.clone()),
            ("series", close),
            ("other", other),
            (VOLUME, volume),
            ("periods", periods),
            ("session", session),
            ("anchor", anchor),
        ])
    }

    /// The same, with a column that is 0 after its first row.
    pub fn only_in_first_row(mut self, name: &str) -> Self {
        let column = self.columns.iter_mut().find(|column| column.name == name);
        column.expect("the column is there").values[1..].fill(0.0);
        self
    }

    /// Any finite numbers, in runs of one kind. Highs may be below lows.
    pub fn wild(case: Case) -> Self {
        let mut columns = Self::walk(Case { rows: 0, ..case }, true).columns;
        let names = columns.iter_mut().enumerate().map(|(purpose, column)| {
            let mut rng = Rng::stream(case.seed, 100 + purpose as u64);
            let mut kind = 0;
            let mut value = 1.0;
            let values = (0..case.rows).map(|_| {
                if rng.once_in(8) {
                    kind = rng.int(0, 6);
                }
                if !rng.once_in(5) {
                    value = wild(kind, &mut rng);
                }
                value
            });
            (column.name, values.collect())
        });
        Self::new(names.collect())
    }

    /// [`Table::wild`] in one case of three, [`Table::bars`] otherwise.
    pub fn any(case: Case) -> Self {
        if Rng::stream(case.seed, 2).once_in(3) {
            Self::wild(case)
        } else {
            Self::bars(case)
        }
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.name == name)
    }

    /// The columns for input slots.
    pub fn of(&self, slots: &[InputSlot]) -> Vec<usize> {
        let usual = |slot: &InputSlot| match (slot.kind, slot.name) {
            // The bounds of a channel that the series enters and leaves.
            (SlotKind::Number, "upper") => "open",
            (SlotKind::Number, "lower") => "other",
            (SlotKind::Number, _) => "series",
            (SlotKind::Key, _) => "session",
        };
        let find =
            |slot: &InputSlot| self.position(slot.name).or_else(|| self.position(usual(slot)));
        slots.iter().map(|slot| find(slot).expect("every slot has a column")).collect()
    }

    /// The largest absolute value of some columns.
    pub fn largest(&self, names: &[&str]) -> f64 {
        let columns = self.columns.iter().filter(|c| names.contains(&c.name));
        columns.flat_map(|c| &c.values).fold(0.0, |most, v| v.abs().max(most))
    }

    /// The table with some columns multiplied.
    pub fn scaled(mut self, names: &[&str], factor: f64) -> Self {
        for column in self.columns.iter_mut().filter(|c| names.contains(&c.name)) {
            column.values.iter_mut().for_each(|v| *v *= factor);
        }
        self
    }

    /// The table with one row replaced by a row of another table.
    pub fn with_row(mut self, row: usize, other: &Table, from: usize) -> Self {
        for (column, other) in self.columns.iter_mut().zip(&other.columns) {
            column.values[row] = other.values[from];
        }
        self
    }

    /// The table with missing rows of every kind in some columns.
    pub fn with_gaps(mut self, case: Case) -> Self {
        let mut rng = Rng::stream(case.seed, 3);
        let rows = self.rows;
        for column in &mut self.columns {
            if rng.once_in(3) {
                continue;
            }
            let (rarely, head, tail) = (rng.int(2, 60), rng.int(0, 30), rng.int(0, 30));
            let gaps: Vec<bool> = (0..rows)
                .map(|row| {
                    let edge = row < head as usize || row + (tail as usize) >= rows;
                    rng.once_in(rarely) || edge && rarely % 2 == 0
                })
                .collect();
            let offset = rng.below(9);
            let mut flags = vec![rng.once_in(2); offset];
            for (value, &gap) in column.values.iter_mut().zip(&gaps) {
                let null = gap && rng.once_in(2);
                flags.push(!null);
                if gap && !null {
                    *value = rng.pick(&[f64::NAN, f64::INFINITY, f64::NEG_INFINITY]);
                } else if null && rng.once_in(2) {
                    *value = rng.pick(&[f64::NAN, 0.0, 1e300, -1.0]);
                }
            }
            let mut bits = vec![0; flags.len().div_ceil(8)];
            pack_bits(&flags, &mut bits);
            column.validity = Some((bits, offset));
        }
        self
    }

    /// Whether a column has no value in a row.
    pub fn is_gap(&self, column: usize, row: usize) -> bool {
        let Values { values, validity, .. } = &self.columns[column];
        let null = validity.as_ref().is_some_and(|(bits, offset)| {
            let bit = row + offset;
            bits[bit / 8] >> (bit % 8) & 1 == 0
        });
        null || !values[row].is_finite()
    }

    /// A table of some rows, in the order given; none may be missing.
    pub fn rows(&self, rows: &[usize]) -> Self {
        let columns = self.columns.iter().map(|c| Values {
            name: c.name,
            values: rows.iter().map(|&row| c.values[row]).collect(),
            validity: None,
        });
        Self { rows: rows.len(), columns: columns.collect() }
    }

    /// A table of the first rows.
    pub fn head(&self, rows: usize) -> Self {
        self.rows(&(0..rows).collect::<Vec<_>>())
    }

    /// The columns for the engine.
    pub fn columns(&self) -> Vec<Column<'_>> {
        self.columns
            .iter()
            .map(|c| {
                let validity = c.validity.as_ref().map(|(bits, offset)| (&bits[..], *offset));
                Column::new(c.name, &c.values, validity)
            })
            .collect()
    }

    /// The values of a column, including those under nulls.
    pub fn values(&self, column: usize) -> &[f64] {
        &self.columns[column].values
    }
}

fn wild(kind: i64, rng: &mut Rng) -> f64 {
    let sign = rng.pick(&[1.0, 1.0, -1.0]);
    sign * match kind {
        0 => rng.pick(&[0.0, 1.0, 2.0, 100.0]),
        1 => rng.pick(&[1e300, f64::MAX, 1e155, 1e200]),
        2 => rng.pick(&[f64::from_bits(1), 1e-310, f64::MIN_POSITIVE, 0.0]),
        3 => 10f64.powf(600.0 * rng.unit() - 300.0),
        4 => rng.int(-3, 100) as f64,
        5 => rng.pick(&[1e-300, 1.0, 1e300, 0.0]),
        _ => 100.0 * rng.unit(),
    }
}
