//! The average of the highs or that of the lows, whichever the close has not broken.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{int, line, price, signal, Native},
    params::Params,
    talib::parts::sma,
};

const HIGH_PERIOD: usize = 0;
const LOW_PERIOD: usize = 1;

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "hilo",
        display_name: "Gann HiLo Activator",
        category: Category::Overlap,
        description: "Robert Krausz' trailing stop out of two simple averages, one of the highs \
            and one of the lows. A close above the last bar's average of the highs turns the trend \
            up, and the line then follows the average of the lows; a close below that one turns it \
            down, and the line follows the average of the highs. In between the direction stays. \
            The first bar is taken as an uptrend unless it is a break downwards.",
        aliases: &["gann_hilo", "gann_hilo_activator", "gann_high_low", "hilo_activator"],
        inputs: vec![price("high"), price("low"), price("close")],
        params: vec![
            int("high_period", 13, 1, 100_000, "Bars in the average of the highs."),
            int("low_period", 21, 1, 100_000, "Bars in the average of the lows."),
        ],
        outputs: vec![
            line("hilo", "primary", Scale::Price, "Average of the lows in an uptrend, else highs."),
            signal("trend", "direction", Scale::Ratio, "1 in an uptrend, -1 in a downtrend.")
                .within(-1.0, 1.0),
        ],
        lookback_params: &["high_period", "low_period"],
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "Krausz, The New Gann Swing Chartist, Stocks & Commodities 1998; TradingView, \
            Gann High Low",
    }
    .indicator(HiLo)
}

struct HiLo;

impl Kernel for HiLo {
    fn lookback(&self, params: &Params) -> usize {
        params.int(HIGH_PERIOD).max(params.int(LOW_PERIOD))
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        let &[high, low, close] = inputs else { return Err("needs three inputs".into()) };
        let highs = sma(high, params.int(HIGH_PERIOD));
        let lows = sma(low, params.int(LOW_PERIOD));
        let mut trend = 1;
        for row in self.lookback(params)..close.len() {
            if close[row] > highs[row - 1] {
                trend = 1;
            } else if close[row] < lows[row - 1] {
                trend = -1;
            }
            out[0].f64()[row] = if trend > 0 { lows[row] } else { highs[row] };
            out[1].i32()[row] = trend;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{compute, engine::Computed, find_indicator, resolve};

    #[test]
    fn a_break_turns_the_line_and_the_line_keeps_moving_between_breaks() {
        let indicator = find_indicator("hilo").unwrap();
        let given = json!({ "high_period": 1, "low_period": 1 });
        let params = resolve(indicator, given.as_object().unwrap(), Default::default()).unwrap();
        let high = [12.0, 12.0, 9.0, 8.5, 12.0];
        let low = [10.0, 10.0, 7.0, 7.5, 11.0];
        let close = [11.0, 11.0, 8.0, 8.0, 11.5];
        let out = compute(indicator, &params, &[&high, &low, &close]).unwrap();
        let line = [None, Some(10.0), Some(9.0), Some(8.5), Some(11.0)];
        assert_eq!(out[0], Computed::F64(line.to_vec()));
        let trend = [None, Some(1), Some(-1), Some(-1), Some(1)];
        assert_eq!(out[1], Computed::I32(trend.to_vec()));
    }
}
