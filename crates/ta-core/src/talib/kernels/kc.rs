//! Keltner channels around the average of the typical price or of the close.
//!
//! TA-Lib only has channels around the typical price. For these the values are TA-Lib's: this
//! kernel calls TA-Lib's averages and ranges, each from the last row that leaves enough rows for
//! its warm-up.

use ta_lib::abstract_api::FuncId;
use ta_saved::{shape, Damaged, Reader, Saved};

use crate::{
    formula::Choice,
    live::{self, Step},
    params::ParamValue::Int,
    talib::parts::{self, atr, call, ema},
};

/// The price whose average is the middle.
#[derive(Clone, Copy, PartialEq, Choice)]
pub enum Center {
    Typical,
    Close,
}

pub fn compute(
    (period, atr_period, nb_dev, center): (usize, usize, f64, Center),
    [high, low, close]: [&[f64]; 3],
    [upper, middle, lower]: [&mut [f64]; 3],
) {
    let first = close.len() - middle.len();
    let (since, since_range) = (first + 1 - period, first - atr_period);
    let center = match center {
        Center::Close => close[since..].to_vec(),
        Center::Typical => {
            call(FuncId::TYPPRICE, vec![], &[high, low, close].map(|p| &p[since..])).swap_remove(0)
        }
    };
    let center = ema(&center, period);
    let range = atr(&high[since_range..], &low[since_range..], &close[since_range..], atr_period);
    let rows = center[period - 1..].iter().zip(&range[atr_period..]);
    for (row, (center, range)) in rows.enumerate() {
        let width = range * nb_dev;
        upper[row] = center + width;
        middle[row] = *center;
        lower[row] = center - width;
    }
}

/// The channel around the close row by row; `None` around the typical price, where TA-Lib's stream
/// has the values.
pub fn step(
    (period, atr_period, nb_dev, center): (usize, usize, f64, Center),
    lookback: usize,
) -> Option<Box<dyn Step>> {
    if center == Center::Typical {
        return None;
    }
    let length = |period: usize| i64::try_from(period).ok().map(Int);
    Some(Box::new(AroundClose {
        nb_dev,
        lookback,
        since: lookback + 1 - period,
        since_range: lookback - atr_period,
        row: 0,
        center: parts::step(FuncId::EMA, vec![length(period)?])?,
        range: parts::step(FuncId::ATR, vec![length(atr_period)?])?,
    }))
}

/// The average of the close and the average range, each from its first row on.
struct AroundClose {
    nb_dev: f64,
    lookback: usize,
    since: usize,
    since_range: usize,
    /// The number of the next row.
    row: usize,
    center: Box<dyn Step>,
    range: Box<dyn Step>,
}

impl Step for AroundClose {
    fn update(&mut self, row: &[f64], values: &mut [f64]) -> Result<(), String> {
        self.peek(row, values)?;
        let mut ignored = [0.0];
        if self.row >= self.since {
            self.center.update(&row[2..], &mut ignored)?;
        }
        if self.row >= self.since_range {
            self.range.update(row, &mut ignored)?;
        }
        self.row += 1;
        Ok(())
    }

    fn peek(&self, row: &[f64], values: &mut [f64]) -> Result<(), String> {
        live::check(row, 3)?;
        let (mut center, mut range) = ([f64::NAN], [f64::NAN]);
        if self.row >= self.since {
            self.center.peek(&row[2..], &mut center)?;
        }
        if self.row >= self.since_range {
            self.range.peek(row, &mut range)?;
        }
        let width = range[0] * self.nb_dev;
        let channel = [center[0] + width, center[0], center[0] - width];
        // Before the end of the warm-up one of the two may have a value already.
        let missing = self.row < self.lookback;
        values.copy_from_slice(&if missing { [f64::NAN; 3] } else { channel });
        Ok(())
    }

    fn fork(&self) -> Box<dyn Step> {
        Box::new(Self { center: self.center.fork(), range: self.range.fork(), ..*self })
    }

    fn shape(&self) -> u64 {
        let parts =
            [("row", usize::SHAPE), ("center", self.center.shape()), ("range", self.range.shape())];
        shape("AroundClose", &parts)
    }

    fn save(&self, to: &mut Vec<u8>) {
        self.row.save(to);
        self.center.save(to);
        self.range.save(to);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Damaged> {
        let row = usize::load(from)?;
        if row == usize::MAX {
            return Err(Damaged::Wrong("number of rows"));
        }
        let (mut center, mut range) = (self.center.fork(), self.range.fork());
        center.load(from)?;
        range.load(from)?;
        (self.row, self.center, self.range) = (row, center, range);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{testing::run, Computed};

    #[test]
    fn the_parameter_center_chooses_the_close() {
        let close: Vec<f64> = (0..30).map(|i| 50.0 + f64::from(i * 7 % 11)).collect();
        let high: Vec<f64> = close.iter().map(|c| c + 4.0).collect();
        let low: Vec<f64> = close.iter().map(|c| c - 1.0).collect();
        let bars: [&[f64]; 3] = [&high, &low, &close];
        let kc = run("kc", json!({ "period": 12, "atr_period": 3, "center": "close" }), &bars);
        let ema = run("ema", json!({ "period": 12 }), &[&close]);
        assert_eq!(kc[1], ema[0]);
        let typical = run("kc", json!({ "period": 12, "atr_period": 3 }), &bars);
        assert_ne!(typical[1], kc[1]);
        let width = |kc: &[Computed], row: usize| {
            kc[0].as_f64().unwrap()[row].unwrap() - kc[1].as_f64().unwrap()[row].unwrap()
        };
        assert!((width(&kc, 29) - width(&typical, 29)).abs() < 1e-12);
    }
}
