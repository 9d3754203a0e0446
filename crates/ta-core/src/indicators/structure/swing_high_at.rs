//! The price of a past swing high, as known on each row.

use super::swing_points::Swings;
use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{int, line, price, Native},
    params::Params,
};

const INDEX: usize = 0;
const SWINGS: usize = 1;

/// The catalog entry.
pub fn indicator() -> Indicator {
    let index =
        int("index", 1, 1, 20, "Which swing, counted back: 1 is the latest, 2 the one before.");
    Native {
        id: "swing_high_at",
        display_name: "Swing High Price",
        category: Category::Structure,
        description:
            "The high of the latest swing high (or, with `index`, of an earlier one) that is \
            settled on the row: its `right` following bars have been seen, so nothing looks ahead. \
            The line moves in steps, `right` bars after each swing, and is read as the \
            resistance that a trader knows of. It is null until as many swings have occurred.",
        aliases: &[],
        inputs: vec![price("high")],
        params: [index].into_iter().chain(Swings::params()).collect(),
        outputs: vec![line(
            "value",
            "primary",
            Scale::Price,
            "Price of the swing high, once settled.",
        )
        .sparse()],
        lookback_params: &["index", "left", "right", "allow_equal_extremes"],
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n * (left + right))",
        source: "high[i] of the index-th last swing high i with i + right <= row",
    }
    .indicator(SwingHighAt)
}

struct SwingHighAt;

impl Kernel for SwingHighAt {
    fn lookback(&self, params: &Params) -> usize {
        let swings = Swings::of(params, SWINGS);
        swings.left + swings.right + (params.int(INDEX) - 1) * swings.spacing()
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        let (high, swings, index) = (inputs[0], Swings::of(params, SWINGS), params.int(INDEX));
        let value = out[0].f64();
        let mut known = Vec::new();
        for row in swings.left..high.len() - swings.right {
            if swings.is_high(high, row) {
                known.push(high[row]);
            }
            let price = known.len().checked_sub(index).map_or(f64::NAN, |at| known[at]);
            value[row + swings.right] = price;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{compute, find_indicator, resolve};

    #[test]
    fn a_swing_is_known_when_the_bars_after_it_are() {
        let indicator = find_indicator("swing_high_at").unwrap();
        let high = [1.0, 3.0, 2.0, 5.0, 4.0, 0.0].map(|v: f64| v);
        let of = |index: usize| {
            let given = json!({ "index": index, "left": 1, "right": 1 });
            let params =
                resolve(indicator, given.as_object().unwrap(), Default::default()).unwrap();
            compute(indicator, &params, &[&high]).unwrap()[0].as_f64().unwrap().to_vec()
        };
        let first = Some(high[1]);
        assert_eq!(of(1), [None, None, first, first, Some(high[3]), Some(high[3])]);
        assert_eq!(of(2), [None, None, None, None, first, first]);
    }
}
