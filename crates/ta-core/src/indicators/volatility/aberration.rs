//! An average of the typical price with bands of one average true range.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{band, int, line, period, price, Native},
    params::Params,
    talib::parts::{atr, map, sma},
};

const PERIOD: usize = 0;
const ATR_PERIOD: usize = 1;

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "aberration",
        display_name: "Aberration",
        category: Category::Volatility,
        description: "A short simple average of the typical price (high + low + close) / 3 with \
            bands one average true range above and below: Keltner channels in another \
            dress, under the name that pandas-ta gave them. Prices beyond a band are unusually \
            far from their average. It is not Keith Fitschen's trading system of the same name, \
            which uses Bollinger bands.",
        aliases: &["aber"],
        inputs: vec![price("high"), price("low"), price("close")],
        params: vec![
            period(5, 1, "Bars in the average of the typical price."),
            int("atr_period", 15, 1, 100_000, "Bars of Wilder's average of the true range."),
        ],
        outputs: vec![
            band("upper", "upper", Scale::Price, "Middle plus the average true range."),
            band("middle", "middle", Scale::Price, "Simple average of the typical price."),
            band("lower", "lower", Scale::Price, "Middle minus the average true range."),
            line("atr", "range", Scale::Price, "Average true range, the width of each band."),
        ],
        lookback_params: &["period", "atr_period"],
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "pandas-ta, aberration: SMA((h + l + c) / 3, 5) plus and minus ATR(15)",
    }
    .indicator(Aberration)
}

struct Aberration;

impl Kernel for Aberration {
    fn lookback(&self, params: &Params) -> usize {
        (params.int(PERIOD) - 1).max(params.int(ATR_PERIOD))
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        let &[high, low, close] = inputs else { return Err("needs three inputs".into()) };
        let typical = map([high, low, close], |[h, l, c]| (h + l + c) / 3.0);
        let middle = sma(&typical, params.int(PERIOD));
        let range = atr(high, low, close, params.int(ATR_PERIOD));
        out[0].f64().copy_from_slice(&map([&middle, &range], |[m, r]| m + r));
        out[2].f64().copy_from_slice(&map([&middle, &range], |[m, r]| m - r));
        out[1].f64().copy_from_slice(&middle);
        out[3].f64().copy_from_slice(&range);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{compute, find_indicator, resolve};

    #[test]
    fn bands_stand_one_range_from_the_mean_typical_price() {
        let indicator = find_indicator("aberration").unwrap();
        let given = json!({ "period": 2, "atr_period": 1 });
        let params = resolve(indicator, given.as_object().unwrap(), Default::default()).unwrap();
        let inputs = [&[12.0, 15.0][..], &[6.0, 9.0], &[9.0, 12.0]];
        let out = compute(indicator, &params, &inputs).unwrap();
        let last: Vec<_> = out.iter().map(|o| o.as_f64().unwrap()[1].unwrap()).collect();
        assert_eq!(last, [16.5, 10.5, 4.5, 6.0]);
    }
}
