//! Keltner channels, around the average of the typical price or of the close.
//!
//! It is here for the close, which TA-Lib does not offer. Around the typical price the values
//! are TA-Lib's: averages and ranges are, and each begins as late as the warm-up lets it.

use ta_lib::abstract_api::FuncId;

use crate::{
    indicator::Out,
    params::Params,
    talib::parts::{atr, call, ema},
};

const PERIOD: usize = 0;
const ATR_PERIOD: usize = 1;
const NB_DEV: usize = 2;
const CENTER: usize = 3;

pub fn compute(params: &Params, inputs: &[&[f64]], out: &mut [Out<'_>]) -> Result<(), String> {
    let &[high, low, close] = inputs else { return Err("needs three inputs".into()) };
    let [upper, middle, lower] = out else { return Err("three outputs".into()) };
    let (upper, middle, lower) = (upper.f64(), middle.f64(), lower.f64());
    let (period, atr_period) = (params.int(PERIOD), params.int(ATR_PERIOD));
    let first = close.len() - middle.len();
    let (since, since_range) = (first + 1 - period, first - atr_period);
    let center = match params.choice(CENTER) {
        "close" => close[since..].to_vec(),
        _ => {
            call(FuncId::TYPPRICE, vec![], &[high, low, close].map(|p| &p[since..])).swap_remove(0)
        }
    };
    let center = ema(&center, period);
    let range = atr(&high[since_range..], &low[since_range..], &close[since_range..], atr_period);
    let rows = center[period - 1..].iter().zip(&range[atr_period..]);
    for (row, (center, range)) in rows.enumerate() {
        let width = range * params.float(NB_DEV);
        upper[row] = center + width;
        middle[row] = *center;
        lower[row] = center - width;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{compute, find_indicator, resolve};

    #[test]
    fn the_middle_is_the_average_of_the_close_when_asked_for() {
        let of = |id: &str, given: serde_json::Value, inputs: &[&[f64]]| {
            let indicator = find_indicator(id).unwrap();
            let params = resolve(indicator, given.as_object().unwrap(), Default::default());
            compute(indicator, &params.unwrap(), inputs).unwrap()
        };
        let close: Vec<f64> = (0..30).map(|i| 50.0 + f64::from(i * 7 % 11)).collect();
        let high: Vec<f64> = close.iter().map(|c| c + 4.0).collect();
        let low: Vec<f64> = close.iter().map(|c| c - 1.0).collect();
        let bars: [&[f64]; 3] = [&high, &low, &close];
        let kc = of("kc", json!({ "period": 12, "atr_period": 3, "center": "close" }), &bars);
        let ema = of("ema", json!({ "period": 12 }), &[&close]);
        assert_eq!(kc[1], ema[0]);
        let typical = of("kc", json!({ "period": 12, "atr_period": 3 }), &bars);
        assert_ne!(typical[1], kc[1]);
        let width = |kc: &[crate::engine::Computed], row: usize| {
            kc[0].as_f64().unwrap()[row].unwrap() - kc[1].as_f64().unwrap()[row].unwrap()
        };
        assert!((width(&kc, 29) - width(&typical, 29)).abs() < 1e-12);
    }
}
