//! Bollinger Bands inside Keltner channels of three widths.

use ta_lib::abstract_api::FuncId;

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{event, float, histogram, int, price, Native},
    params::{ParamValue::Int, Params},
    talib::parts::{call, sma, stddev, true_range},
};

const BB_PERIOD: usize = 0;
const NB_DEV: usize = 1;
const KC_PERIOD: usize = 2;
const FACTOR_WIDE: usize = 3;
const FACTOR_NORMAL: usize = 4;
const FACTOR_NARROW: usize = 5;
const MOM_PERIOD: usize = 6;
const SMOOTH_PERIOD: usize = 7;

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "squeeze_pro",
        display_name: "Squeeze Pro",
        category: Category::Momentum,
        description: "Carter's squeeze in three degrees: the market coils while the Bollinger \
            Bands lie inside a Keltner channel (simple averages of the close and of the true \
            range), the more so the narrower the channel that still holds them. A squeeze ends \
            when the bands leave the wide channel on both sides; the sign of the momentum, an \
            averaged change of the close, then gives the direction. The three factors must fall \
            from wide to narrow.",
        aliases: &["sqzpro", "ttm_squeeze_pro"],
        inputs: vec![price("high"), price("low"), price("close")],
        params: vec![
            int("bb_period", 20, 2, 100_000, "Bars of the Bollinger Bands."),
            float("nb_dev", 2.0, 0.0, 1e9, "Width of the Bollinger Bands, in deviations."),
            int("kc_period", 20, 1, 100_000, "Bars of the Keltner channels."),
            float("factor_wide", 2.0, 0.0, 1e9, "Width of the wide channel, in mean true ranges."),
            float("factor_normal", 1.5, 0.0, 1e9, "Width of the normal channel, likewise."),
            float("factor_narrow", 1.0, 0.0, 1e9, "Width of the narrow channel, likewise."),
            int("mom_period", 12, 1, 100_000, "Bars back to which the close is compared."),
            int("smooth_period", 6, 1, 100_000, "Bars of the simple average of the momentum."),
        ],
        outputs: vec![
            histogram("squeeze", "primary", Scale::Price, "Averaged change of the close."),
            event("wide", "event", "True while the bands are inside the wide channel."),
            event("normal", "event", "True while the bands are inside the normal channel."),
            event("narrow", "event", "True while the bands are inside the narrow channel."),
            event("off", "event", "True while the bands are outside the wide channel."),
            event(
                "no",
                "event",
                "True while the bands are neither inside the wide channel nor \
                outside it on both sides.",
            ),
        ],
        lookback_params: &["bb_period", "kc_period", "mom_period", "smooth_period"],
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "Makit0, Squeeze PRO (TradingView), after J. Carter, Mastering the Trade, ch. 11; \
            momentum as in pandas-ta: sma(close - close[12], 6)",
    }
    .indicator(SqueezePro)
}

struct SqueezePro;

impl Kernel for SqueezePro {
    fn lookback(&self, params: &Params) -> usize {
        let momentum = params.int(MOM_PERIOD) + params.int(SMOOTH_PERIOD) - 1;
        (params.int(BB_PERIOD) - 1).max(params.int(KC_PERIOD)).max(momentum)
    }

    fn accepts(&self, params: &Params) -> bool {
        let [wide, normal, narrow] =
            [FACTOR_WIDE, FACTOR_NORMAL, FACTOR_NARROW].map(|i| params.float(i));
        wide > normal && normal > narrow
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        let &[high, low, close] = inputs else { return Err("needs three inputs".into()) };
        let (bb_period, kc_period) = (params.int(BB_PERIOD), params.int(KC_PERIOD));
        let (centre, deviation) = (sma(close, bb_period), stddev(close, bb_period));
        let (middle, range) =
            (sma(close, kc_period), sma(&true_range(high, low, close), kc_period));
        let change = call(FuncId::MOM, vec![Int(params.int(MOM_PERIOD) as i64)], &[close]);
        let momentum = sma(&change[0], params.int(SMOOTH_PERIOD));
        let factors = [FACTOR_WIDE, FACTOR_NORMAL, FACTOR_NARROW].map(|i| params.float(i));
        for row in self.lookback(params)..close.len() {
            let band = params.float(NB_DEV) * deviation[row];
            let (lower, upper) = (centre[row] - band, centre[row] + band);
            let edges =
                factors.map(|f| (middle[row] - f * range[row], middle[row] + f * range[row]));
            let [wide, normal, narrow] = edges.map(|(low, high)| lower > low && upper < high);
            let off = lower < edges[0].0 && upper > edges[0].1;
            out[0].f64()[row] = momentum[row];
            for (out, flag) in out[1..].iter_mut().zip([wide, normal, narrow, off, !wide && !off]) {
                out.bool()[row] = flag;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{compute, engine::Computed, find_indicator, resolve};

    #[test]
    fn ranges_around_a_still_close_squeeze_and_a_falling_order_is_demanded() {
        let indicator = find_indicator("squeeze_pro").unwrap();
        let given = json!({ "bb_period": 2, "kc_period": 2, "mom_period": 1, "smooth_period": 1 });
        let params = resolve(indicator, given.as_object().unwrap(), Default::default()).unwrap();
        // A close that does not move has no deviation; a jump without ranges has nothing else.
        let close = [10.0, 10.0, 10.0, 10.0, 30.0];
        let high = close.map(|c| c + 1.0);
        let low = close.map(|c| c - 1.0);
        let out = compute(indicator, &params, &[&high, &low, &close]).unwrap();
        let inside = Computed::Bool(vec![None, None, Some(true), Some(true), Some(false)]);
        assert_eq!(out[3], inside, "true ranges 2 and 21, deviation 10");
        assert_eq!(out[0].as_f64().unwrap()[4], Some(20.0));

        let given = json!({ "factor_wide": 1.5, "factor_normal": 1.5 });
        assert!(resolve(indicator, given.as_object().unwrap(), Default::default()).is_err());
    }
}
