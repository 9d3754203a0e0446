//! Trailing stops hung from the highest high and propped on the lowest low.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{float, int, line, period, price, Native},
    params::Params,
    talib::parts::{atr, highest, lowest},
};

const PERIOD: usize = 0;
const ATR_PERIOD: usize = 1;
const MULTIPLIER: usize = 2;

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "chandelier_exit",
        display_name: "Chandelier Exit",
        category: Category::Volatility,
        description: "Stops that trail the extremes by a multiple of the average true range: the \
            long stop hangs below the highest high of the window, the short stop stands above the \
            lowest low. A long position is left when the close falls below the long stop, a short \
            one when it rises above the short stop.",
        aliases: &["ce", "chandelier"],
        inputs: vec![price("high"), price("low"), price("close")],
        params: vec![
            period(22, 1, "Bars in the window of the extremes."),
            int("atr_period", 22, 1, 100_000, "Bars of Wilder's average of the true range."),
            float("multiplier", 3.0, 0.0, 1e9, "Average true ranges between extreme and stop."),
        ],
        outputs: vec![
            line("long", "long", Scale::Price, "Stop of a long position, below the highest high."),
            line("short", "short", Scale::Price, "Stop of a short position, above the lowest low."),
        ],
        lookback_params: &["period", "atr_period"],
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "Le Beau; StockCharts ChartSchool, Chandelier Exit: highest high - 3 * ATR(22)",
    }
    .indicator(ChandelierExit)
}

struct ChandelierExit;

impl Kernel for ChandelierExit {
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
        let multiplier = params.float(MULTIPLIER);
        let range = atr(high, low, close, params.int(ATR_PERIOD));
        let top = highest(high, params.int(PERIOD));
        let bottom = lowest(low, params.int(PERIOD));
        for row in self.lookback(params)..high.len() {
            out[0].f64()[row] = top[row] - multiplier * range[row];
            out[1].f64()[row] = bottom[row] + multiplier * range[row];
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{compute, find_indicator, resolve};

    #[test]
    fn constant_ranges_keep_a_constant_distance() {
        let indicator = find_indicator("chandelier_exit").unwrap();
        let given = json!({ "period": 2, "atr_period": 2, "multiplier": 1.5 });
        let params = resolve(indicator, given.as_object().unwrap(), Default::default()).unwrap();
        let close: Vec<f64> = (0..6).map(f64::from).collect();
        let high: Vec<f64> = close.iter().map(|c| c + 1.0).collect();
        let low: Vec<f64> = close.iter().map(|c| c - 1.0).collect();
        let out = compute(indicator, &params, &[&high, &low, &close]).unwrap();
        // The true range is 2 on every bar, so the stop hangs 3 below the latest high.
        let stops: Vec<Option<f64>> =
            (0..6).map(|i| (i >= 2).then(|| f64::from(i) + 1.0 - 3.0)).collect();
        assert_eq!(out[0].as_f64().unwrap(), stops);
    }
}
