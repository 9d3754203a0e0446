//! Keltner channels around the average of the typical price or of the close.
//!
//! TA-Lib only has channels around the typical price. For these the values are TA-Lib's: this
//! kernel calls TA-Lib's averages and ranges, each from the last row that leaves enough rows for
//! its warm-up.

use ta_lib::abstract_api::FuncId;

use crate::{
    compose::{Blocks, Composed},
    formula::Choice,
    live::{by_row, Bank},
    params::{ParamValue::Int, Params},
    talib::parts::call,
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
    // TA-Lib refuses an average of one row.
    let center = match period {
        1 => center,
        _ => call(FuncId::EMA, vec![Int(period as i64)], &[&center]).swap_remove(0),
    };
    let bars = [high, low, close].map(|prices| &prices[since_range..]);
    let range = call(FuncId::ATR, vec![Int(atr_period as i64)], &bars).swap_remove(0);
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
pub fn bank(
    (period, atr_period, nb_dev, center): (usize, usize, f64, Center),
    params: &Params,
    lookback: usize,
) -> Option<Box<dyn Bank>> {
    let around_close = || by_row(AroundClose { period, atr_period, nb_dev, lookback }, params);
    (center == Center::Close).then(around_close)
}

#[derive(Clone)]
struct AroundClose {
    period: usize,
    atr_period: usize,
    nb_dev: f64,
    lookback: usize,
}

impl Composed<3> for AroundClose {
    type Out = [f64; 3];

    fn lookback(&self) -> usize {
        self.lookback
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [high, low, close]: [B::Line; 3]) -> B::Rows {
        // The averages start as late as in the batch.
        let late = ta.without_first(&close, self.lookback + 1 - self.period);
        let center = ta.ema(late, self.period);
        let late = ta.without_first(&close, self.lookback - self.atr_period);
        let range = ta.atr([&high, &low, &late], self.atr_period);
        ta.rows([&center, &range], |[center, range]| {
            let width = range * self.nb_dev;
            [center + width, center, center - width]
        })
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
