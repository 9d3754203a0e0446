//! Two averages that agree, or not, on where the trend goes.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane},
    native::{event, int, slot, Native},
    params::Params,
    talib::parts::ema,
};

const FAST_PERIOD: usize = 0;
const SLOW_PERIOD: usize = 1;
const RUN_PERIOD: usize = 2;

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "amat",
        display_name: "Archer Moving Averages Trends",
        category: Category::Momentum,
        description: "Trend flags from a fast and a slow exponential average, each compared with \
            itself some bars earlier. A long run is marked where the fast average has risen while \
            the slow one fell (a possible bottom) or rose too (an uptrend); a short run where the \
            fast one has fallen while the slow one rose (a possible top) or fell too. Both are \
            false where one of the averages has not moved.",
        aliases: &["archer_moving_averages_trends"],
        inputs: vec![slot("series", Some("close"))],
        params: vec![
            int("fast_period", 8, 1, 100_000, "Bars of the fast exponential average."),
            int("slow_period", 21, 1, 100_000, "Bars of the slow exponential average."),
            int("run_period", 2, 1, 100_000, "Bars back to which each average is compared."),
        ],
        outputs: vec![
            event("long", "event", "True where the averages speak for a rise."),
            event("short", "event", "True where the averages speak for a fall."),
        ],
        lookback_params: &["fast_period", "slow_period", "run_period"],
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "Archer Moving Averages Trends (TradingView, nhQe8QJ0), as in pandas-ta",
    }
    .indicator(Amat)
}

struct Amat;

impl Kernel for Amat {
    fn lookback(&self, params: &Params) -> usize {
        params.int(FAST_PERIOD).max(params.int(SLOW_PERIOD)) - 1 + params.int(RUN_PERIOD)
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        let fast = ema(inputs[0], params.int(FAST_PERIOD));
        let slow = ema(inputs[0], params.int(SLOW_PERIOD));
        let run = params.int(RUN_PERIOD);
        for row in self.lookback(params)..fast.len() {
            let (rise, drift) = (fast[row] - fast[row - run], slow[row] - slow[row - run]);
            let moved = drift.abs() > 0.0;
            out[0].bool()[row] = rise > 0.0 && moved;
            out[1].bool()[row] = rise < 0.0 && moved;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{compute, engine::Computed, find_indicator, resolve};

    #[test]
    fn an_average_that_stands_still_mutes_both() {
        let indicator = find_indicator("amat").unwrap();
        let given = json!({ "fast_period": 1, "slow_period": 1, "run_period": 2 });
        let params = resolve(indicator, given.as_object().unwrap(), Default::default()).unwrap();
        let out = compute(indicator, &params, &[&[1.0, 2.0, 3.0, 2.0, 1.0]]).unwrap();
        let flags = |v: [bool; 3]| {
            Computed::Bool([None, None].into_iter().chain(v.map(Some)).collect::<Vec<_>>())
        };
        assert_eq!(out[0], flags([true, false, false]));
        assert_eq!(out[1], flags([false, false, true]));
    }
}
