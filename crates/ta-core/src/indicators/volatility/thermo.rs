//! How far a bar reaches beyond the range of the bar before.

use crate::{
    prelude::*,
    talib::parts::{ema, row, Part},
};

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "thermo",
        display_name: "Elder's Market Thermometer",
        category: Category::Volatility,
        description: "Alexander Elder's measure of a market's heat: how far the bar reaches \
            beyond the bar before it, upwards or downwards, whichever is more; an inside bar has \
            a temperature of 0. Below its exponential average the market is quiet, the time \
            Elder enters; a spike to a multiple of the average is an explosive move, the time to \
            take profits.",
        aliases: &["elder_thermometer", "elders_thermometer", "market_thermometer"],
        inputs: [price("high"), price("low")],
        outputs: (
            [
                histogram("thermo", "primary", Scale::Price, "Reach beyond the last bar's range."),
                line("ma", "signal", Scale::Price, "Exponential average of the temperature."),
            ],
            [
                event("quiet", "quiet", "True where the temperature is below its average."),
                event("explosive", "explosive", "True where it is above multiplier averages."),
            ],
        ),
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "Elder, Come Into My Trading Room (2002), Market Thermometer",
    }
    .indicator::<Thermometer>()
}

#[derive(Clone, Parameters)]
struct Thermometer {
    /// Bars of the exponential average of the temperature.
    #[param(default = 20, min = 1)]
    period: usize,
    /// Averages that make a temperature explosive.
    #[param(default = 3.0, min = 0.0, max = 1e9)]
    multiplier: f64,
}

impl Thermometer {
    fn values(&self, heat: f64, mean: f64) -> ([f64; 2], [bool; 2]) {
        ([heat, mean], [heat < mean, heat > self.multiplier * mean])
    }
}

impl Formula<2> for Thermometer {
    type Out = ([f64; 2], [bool; 2]);

    fn lookback(&self) -> usize {
        self.period
    }

    fn compute(
        &self,
        [high, low]: [&[f64]; 2],
        ([thermo, ma], [quiet, explosive]): ([&mut [f64]; 2], [&mut [bool]; 2]),
    ) {
        let mut heat = vec![f64::NAN; high.len()];
        for row in 1..high.len() {
            heat[row] = reach([high[row - 1], low[row - 1]], [high[row], low[row]]);
        }
        let mean = ema(&heat, self.period);
        for row in self.lookback()..high.len() {
            ([thermo[row], ma[row]], [quiet[row], explosive[row]]) =
                self.values(heat[row], mean[row]);
        }
    }

    fn bank(&self, params: &Params) -> Option<Box<dyn Bank>> {
        Some(self.by_row(params))
    }
}

/// How far a bar reaches beyond the last one; both are high and low.
fn reach([last_high, last_low]: [f64; 2], [high, low]: [f64; 2]) -> f64 {
    (high - last_high).max(last_low - low).max(0.0)
}

/// The last high and low, and the average of the temperature.
#[derive(Clone, State)]
struct Heat {
    last: Option<[f64; 2]>,
    mean: Part,
}

impl ByRow<2> for Thermometer {
    type State = Heat;

    fn start(&self) -> Heat {
        Heat { last: None, mean: row::ema(self.period) }
    }

    fn next(&self, state: &mut Heat, bar: [f64; 2]) -> ([f64; 2], [bool; 2]) {
        let heat = state.last.replace(bar).map_or(f64::NAN, |last| reach(last, bar));
        self.values(heat, state.mean.next([heat]))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{kernel::Computed, testing::run};

    #[test]
    fn an_inside_bar_has_the_value_zero_and_the_farther_end_counts() {
        let high = [10.0, 11.0, 10.5, 12.5];
        let low = [8.0, 7.5, 8.0, 4.0];
        let out = run("thermo", json!({ "period": 2, "multiplier": 1.5 }), &[&high, &low]);
        assert_eq!(out[0].as_f64().unwrap(), [None, None, Some(0.0), Some(4.0)]);
        let mean = out[1].as_f64().unwrap();
        assert_eq!(mean[2], Some(0.5));
        assert!((mean[3].unwrap() - (0.5 / 3.0 + 8.0 / 3.0)).abs() < 1e-15);
        assert_eq!(out[2], Computed::Bool(vec![None, None, Some(true), Some(false)]));
        assert_eq!(out[3], Computed::Bool(vec![None, None, Some(false), Some(false)]));
    }
}
