//! Average price since an event, weighted by volume, with its spread.

use super::session_vwap::{outputs, params, Traded};
use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane},
    native::{key, price, Native},
    params::Params,
};

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "anchored_vwap",
        display_name: "Anchored VWAP",
        category: Category::Volume,
        description: "Average of the typical prices (high + low + close) / 3 since the latest anchor, \
            each weighted by its volume, with bands at a multiple of the volume-weighted (population) \
            standard deviation. `anchor` is a Boolean column (or one of 0 and 1): a row where it is \
            true starts anew and is the first to count. It shows what those who traded since an \
            event have paid on average. Null before the first anchor, and until something has traded \
            since one.",
        aliases: &["avwap"],
        inputs: vec![price("high"), price("low"), price("close"), price("volume"), key("anchor")],
        params: params(),
        outputs: outputs().into_iter().map(|output| output.sparse()).collect(),
        lookback_params: &[],
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "sum(v * p) / sum(v) and sqrt(sum(v * (p - vwap)^2) / sum(v)) since the last anchor",
    }
    .indicator(AnchoredVwap)
}

struct AnchoredVwap;

impl Kernel for AnchoredVwap {
    fn lookback(&self, _: &Params) -> usize {
        0
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        let &[high, low, close, volume, anchor] = inputs else {
            return Err("needs five inputs".into());
        };
        let (mut traded, mut anchored) = (Traded::default(), false);
        for row in 0..high.len() {
            if anchor[row] != 0.0 {
                (traded, anchored) = (Traded::default(), true);
            }
            if anchored {
                traded.add((high[row] + low[row] + close[row]) / 3.0, volume[row]);
            }
            traded.write(params.float(0), out, row);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{compute, find_indicator, resolve};

    #[test]
    fn counting_begins_with_the_anchor_and_begins_again_with_the_next() {
        let indicator = find_indicator("anchored_vwap").unwrap();
        let given = json!({ "multiplier": 2.0 });
        let params = resolve(indicator, given.as_object().unwrap(), Default::default()).unwrap();
        let (price, volume) = ([99.0, 4.0, 8.0, 5.0], [9.0, 2.0, 2.0, 1.0]);
        let anchor = [0.0, 1.0, 0.0, 1.0];
        let inputs: [&[f64]; 5] = [&price, &price, &price, &volume, &anchor];
        let out = compute(indicator, &params, &inputs).unwrap();
        assert_eq!(out[0].as_f64().unwrap(), [None, Some(4.0), Some(6.0), Some(5.0)]);
        assert_eq!(out[1].as_f64().unwrap(), [None, Some(4.0), Some(10.0), Some(5.0)]);
    }
}
