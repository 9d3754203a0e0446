//! A stop that trails the close and changes sides when the close passes it.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{float, line, period, price, Native},
    params::Params,
    talib::parts::atr,
};

const PERIOD: usize = 0;
const MULTIPLIER: usize = 1;

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "atr_trailing_stop",
        display_name: "ATR Trailing Stop",
        category: Category::Volatility,
        description: "A stop at a multiple of the average true range from the close. Below the \
            price it may only rise and above it only fall; when the close passes it, it starts \
            anew on the other side. Closes above the line are long, below it short. The first bar \
            with an average is taken as long by convention, which stays visible until the first \
            change of sides.",
        aliases: &["atrts", "atr_stop", "atr_trailing"],
        inputs: vec![price("high"), price("low"), price("close")],
        params: vec![
            period(14, 1, "Bars of Wilder's average of the true range."),
            float("multiplier", 3.0, 0.0, 1e9, "Average true ranges between close and stop."),
        ],
        outputs: vec![line("value", "primary", Scale::Price, "The stop of the side in force.")],
        lookback_params: &["period"],
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "Vervoort, Average True Range Trailing Stops, Stocks & Commodities 27:6 (2009), \
            with Wilder's average true range",
    }
    .indicator(AtrTrailingStop)
}

struct AtrTrailingStop;

impl Kernel for AtrTrailingStop {
    fn lookback(&self, params: &Params) -> usize {
        params.int(PERIOD)
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        let &[high, low, close] = inputs else { return Err("needs three inputs".into()) };
        let range = atr(high, low, close, params.int(PERIOD));
        let stops = out[0].f64();
        let first = self.lookback(params);
        for row in first..close.len() {
            let distance = params.float(MULTIPLIER) * range[row];
            let (below, above) = (close[row] - distance, close[row] + distance);
            if row == first {
                stops[row] = below;
                continue;
            }
            let last = stops[row - 1];
            stops[row] = if close[row] > last {
                if close[row - 1] > last {
                    below.max(last)
                } else {
                    below
                }
            } else if close[row] < last && close[row - 1] < last {
                above.min(last)
            } else {
                above
            };
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{compute, find_indicator, resolve};

    #[test]
    fn the_stop_holds_in_pullbacks_and_changes_sides_when_passed() {
        let indicator = find_indicator("atr_trailing_stop").unwrap();
        let given = json!({ "period": 1, "multiplier": 1.0 });
        let params = resolve(indicator, given.as_object().unwrap(), Default::default()).unwrap();
        let close = [10.0, 10.0, 12.0, 11.0, 5.0, 6.0];
        let high = close.map(|c| c + 1.0);
        let low = close.map(|c| c - 1.0);
        let out = compute(indicator, &params, &[&high, &low, &close]).unwrap();
        // True ranges from row 1 on: 2, 3, 2, 7, 2.
        let expected = [None, Some(8.0), Some(9.0), Some(9.0), Some(12.0), Some(8.0)];
        assert_eq!(out[0].as_f64().unwrap(), expected);
    }
}
