//! On balance volume with two averages of its own.

use ta_lib::abstract_api::FuncId;

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{int, line, price, Native},
    params::Params,
    talib::parts::{call, ema},
};

const FAST_PERIOD: usize = 0;
const SLOW_PERIOD: usize = 1;

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "aobv",
        display_name: "Archer On Balance Volume",
        category: Category::Volume,
        description: "On balance volume with a fast and a slow exponential average of it. The \
            volume flow is rising while the fast average is above the slow one, and their \
            crosses are its turns. As on balance volume starts at the first bar's volume, only \
            differences between the lines are read, never their level; the fast period must be \
            the shorter one.",
        aliases: &["archer_obv", "archer_on_balance_volume"],
        inputs: vec![price("close"), price("volume")],
        params: vec![
            int("fast_period", 4, 1, 99_999, "Bars of the fast exponential average."),
            int("slow_period", 12, 2, 100_000, "Bars of the slow exponential average."),
        ],
        outputs: vec![
            line("obv", "primary", Scale::Volume, "On balance volume, the running total."),
            line("fast", "fast", Scale::Volume, "Fast average of on balance volume."),
            line("slow", "slow", Scale::Volume, "Slow average of on balance volume."),
        ],
        lookback_params: &["slow_period"],
        memory: Memory::Cumulative,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "Kevin Johnson; pandas-ta, aobv: OBV, EMA(OBV, 4), EMA(OBV, 12)",
    }
    .indicator(ArcherObv)
}

struct ArcherObv;

impl Kernel for ArcherObv {
    fn lookback(&self, params: &Params) -> usize {
        params.int(SLOW_PERIOD) - 1
    }

    fn accepts(&self, params: &Params) -> bool {
        params.int(FAST_PERIOD) < params.int(SLOW_PERIOD)
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        let total = call(FuncId::OBV, vec![], inputs).swap_remove(0);
        out[1].f64().copy_from_slice(&ema(&total, params.int(FAST_PERIOD)));
        out[2].f64().copy_from_slice(&ema(&total, params.int(SLOW_PERIOD)));
        out[0].f64().copy_from_slice(&total);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{compute, find_indicator, resolve};

    #[test]
    fn averages_follow_the_running_total() {
        let indicator = find_indicator("aobv").unwrap();
        let given = json!({ "fast_period": 1, "slow_period": 2 });
        let params = resolve(indicator, given.as_object().unwrap(), Default::default()).unwrap();
        let bars = [&[10.0, 11.0, 11.0, 9.0][..], &[100.0, 50.0, 30.0, 60.0]];
        let out = compute(indicator, &params, &bars).unwrap();
        let obv = [None, Some(150.0), Some(150.0), Some(90.0)];
        assert_eq!(out[0].as_f64().unwrap(), obv);
        assert_eq!(out[1].as_f64().unwrap(), obv);
        // Seeded with (100 + 150) / 2, then two thirds of the way each bar.
        let slow = out[2].as_f64().unwrap();
        assert_eq!(slow[1], Some(125.0));
        assert!((slow[2].unwrap() - (125.0 + 50.0 / 3.0)).abs() < 1e-12);
    }
}
